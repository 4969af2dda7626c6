// Requires common, stored, transfer, voxel, brick. Defines field, pool, texel_of, code_at, transformed, word_of, is_kept.
// A field of stored scalars in a 3-D texture (the pool), and what turns a scalar into a colour entry and an alpha.

struct Field {
  dims: vec3u,
  origin: u32,          // key of the least value
  // A field longer than a texture may be lies in pieces, stacked along one axis of the pool.
  piece: vec3u,         // voxels of a piece
  stack: u32,           // axis
  pieces: vec3u,        // pieces along each axis
  thickness: u32,       // voxels of a piece along the stack
  // The cut, in voxels of the field.
  low: vec3u,           // crop: from low
  first_key: u32,       // keys below are missing
  high: vec3u,          // to high, exclusive
  last_key: u32,        // keys above are missing
  clip: vec4f,          // keeps dot(centre, clip.xyz) + clip.w > clip_margin
  clip_margin: f32,
  // From value to alpha.
  normalize: u32,       // 0: values are transformed already
  least: f32,           // the window: see key_value
  most: f32,
  signed: u32,          // 1: from -1 to 1 around `zero`
  zero: f32,
  // Signed values nearer to 0 than this are empty, below and above it, as parts of the window.
  threshold_below: f32,
  threshold_above: f32,
  transform: u32,       // 1: the article's
  floor: f32,
  gamma: f32,
  contrast: f32,
  bias: f32,
  mean: f32,            // of `powered` over all values
  cut_least: f32,       // of transformed values that the cut leaves
  cut_most: f32,
}

@group(1) @binding(0) var<uniform> field: Field;
@group(1) @binding(1) var pool: texture_3d<u32>;

// Where a voxel lies in a pool of pieces.
fn texel_in(cell: vec3u, piece: vec3u, pieces: vec3u, stack: u32, thickness: u32) -> vec3u {
  var texel = cell % piece;
  texel[stack] += offset(cell / piece, pieces) * thickness;
  return texel;
}

// Where a voxel lies in the pool.
fn texel_of(cell: vec3u) -> vec3u {
  return texel_in(cell, field.piece, field.pieces, field.stack, field.thickness);
}

fn code_at(cell: vec3u) -> u32 {
  return textureLoad(pool, texel_of(cell), 0).r;
}

fn is_present(key: u32) -> bool {
  return key >= field.first_key && key <= field.last_key;
}

// Steps 2 and 3 of one key: normalized and transformed.
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

// Step 6, after the second normalization: colour entry min(floor(v * 256), 255), alpha = v. Signed: 0 is in the middle of
// the colours, alpha = |v|, and there is no second normalization.
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

// The clip plane's test of a voxel.
fn is_kept(cell: vec3u) -> bool {
  return dot(field.clip.xyz, vec3f(cell) + 0.5) + field.clip.w > field.clip_margin;
}
