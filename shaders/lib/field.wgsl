// Requires common, stored, transfer, voxel, brick. Defines field, pool, texel_of, code_at, transformed, word_of, is_kept.
// A field of stored scalars in a 3-D texture (the pool), and the functions from a scalar to a colour index and an
// alpha.

struct Field {
  dims: vec3u,
  origin: u32,          // key of the least value
  // A field longer than the maximum texture size is stored in pieces, stacked along one axis of the pool.
  piece: vec3u,         // voxels per piece, along each axis
  stack: u32,           // axis along which pieces are stacked
  pieces: vec3u,        // pieces along each axis
  thickness: u32,       // voxels per piece along that axis
  // The cut, in voxels of the field.
  low: vec3u,           // crop: from low
  first_key: u32,       // keys below are missing
  high: vec3u,          // to high, exclusive
  last_key: u32,        // keys above are missing
  clip: vec4f,          // keeps voxels with dot(centre, clip.xyz) + clip.w > clip_margin
  clip_margin: f32,
  // Values and transform.
  normalize: u32,       // 0: the stored values are already transformed
  least: f32,           // the window: see key_value
  most: f32,
  signed: u32,          // 1: normalized to -1 to 1 around `zero`
  zero: f32,
  // Signed values closer to 0 than this are empty. Given below and above 0, as fractions of the window.
  threshold_below: f32,
  threshold_above: f32,
  transform: u32,       // 1: apply the article's transform
  floor: f32,
  gamma: f32,
  contrast: f32,
  bias: f32,
  mean: f32,            // mean of `powered` over all values
  cut_least: f32,       // range of the transformed values that remain after the cut
  cut_most: f32,
}

@group(1) @binding(0) var<uniform> field: Field;
@group(1) @binding(1) var pool: texture_3d<u32>;

// Position of a voxel in a pool of pieces.
fn texel_in(cell: vec3u, piece: vec3u, pieces: vec3u, stack: u32, thickness: u32) -> vec3u {
  var texel = cell % piece;
  texel[stack] += offset(cell / piece, pieces) * thickness;
  return texel;
}

// Position of a voxel in the pool.
fn texel_of(cell: vec3u) -> vec3u {
  return texel_in(cell, field.piece, field.pieces, field.stack, field.thickness);
}

fn code_at(cell: vec3u) -> u32 {
  return textureLoad(pool, texel_of(cell), 0).r;
}

fn is_present(key: u32) -> bool {
  return key >= field.first_key && key <= field.last_key;
}

// Steps 2 and 3 for one key: normalization and transform.
fn transformed_key(key: u32) -> f32 {
  if (!is_present(key)) {
    return MISSING;
  }
  let value = key_value(key, field.origin);
  if (field.normalize == 0u) {
    return value;
  }
  if (field.signed == 1u) {
    return signed_part(value, field.least, field.zero, field.most);
  }
  let n = normalized(value, field.least, field.most);
  if (field.transform == 0u) {
    return n;
  }
  let p = powered(n, field.floor, field.gamma);
  return saturate((p - field.mean) * field.contrast + field.mean - field.bias);
}

fn transformed(code: u32) -> f32 {
  return transformed_key(key_of(code));
}

// Step 6, after the second normalization: colour index min(floor(v * 256), 255), alpha = v. Signed: 0 is at the middle
// of the colours, alpha = |v|, and there is no second normalization.
fn word_of(t: f32) -> u32 {
  if (t == MISSING) {
    return 0u;
  }
  if (field.signed == 1u) {
    let threshold = select(field.threshold_below, field.threshold_above, t >= 0.0);
    return voxel_word(color_entry(0.5 + 0.5 * t), select(0.0, abs(t), abs(t) >= threshold));
  }
  let value = normalized(t, field.cut_least, field.cut_most);
  return voxel_word(color_entry(value), value);
}

fn color_entry(value: f32) -> u32 {
  return min(u32(value * 256.0), 255u);
}

// Kept voxels have their centre on the positive side of the clip plane.
fn is_kept(cell: vec3u) -> bool {
  return dot(field.clip.xyz, vec3f(cell) + 0.5) + field.clip.w > field.clip_margin;
}
