// Requires common, field.
// Step 4: trilinear resizing of transformed values, with 0 outside the field (scikit-image 0.13). Tables give the
// sample positions along each axis, computed in full precision. One thread per voxel of the result.

struct Params {
  dims: vec3u,    // of the result
  stack: u32,     // from here on, the layout of the result in its pool: see Field
  piece: vec3u,
  thickness: u32,
  pieces: vec3u,
}

// The voxel below a sample, -1 outside the field, and the fraction of the way to the next voxel.
struct Sample {
  base: i32,
  part: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> samples: array<Sample>;  // along x, then y, then z
@group(0) @binding(2) var result: texture_storage_3d<r32uint, write>;  // bits of f32

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  let dims = params.dims;
  if (i >= dims.x * dims.y * dims.z) {
    return;
  }
  let p = position(i, dims);
  let texel = texel_in(p, params.piece, params.pieces, params.stack, params.thickness);
  let x = samples[p.x];
  let y = samples[dims.x + p.y];
  let z = samples[dims.x + dims.y + p.z];
  let base = vec3i(x.base, y.base, z.base);
  let part = vec3f(x.part, y.part, z.part);
  var total = 0.0;
  var present = 0.0;
  if (any(base < vec3i(0))) {
    textureStore(result, texel, vec4u(bitcast<u32>(0.0)));
    return;
  }
  for (var corner = 0u; corner < 8u; corner++) {
    let step = vec3u(corner & 1u, (corner >> 1u) & 1u, corner >> 2u);
    let w = select(1.0 - part, part, step == vec3u(1u));
    let weight = w.x * w.y * w.z;
    if (weight > 0.0) {
      let value = transformed(code_at(vec3u(base) + step));
      if (value != MISSING) {
        total += weight * value;
        present += weight;
      }
    }
  }
  // Missing neighbours are ignored, unless they are the nearer half.
  let value = select(total / present, MISSING, present < 0.5);
  textureStore(result, texel, vec4u(bitcast<u32>(value)));
}
