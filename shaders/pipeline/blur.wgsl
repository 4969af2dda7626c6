// Requires common, field.
// Anti-aliasing before downsampling: a Gaussian along one axis over transformed values, with 0 outside the field,
// truncated at four sigma (as scikit-image). One thread per voxel.

struct Params {
  axis: u32,
  sigma: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var result: texture_storage_3d<r32uint, write>;  // bits of f32

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  let dims = field.dims;
  if (i >= dims.x * dims.y * dims.z) {
    return;
  }
  let p = position(i, dims);
  var blurred = MISSING;
  if (transformed(code_at(p)) != MISSING) {
    let n = i32(dims[params.axis]);
    let radius = i32(4.0 * params.sigma + 0.5);
    var total = 0.0;
    var weights = 0.0;
    for (var k = -radius; k <= radius; k++) {
      let weight = exp(-0.5 * f32(k * k) / (params.sigma * params.sigma));
      let at = i32(p[params.axis]) + k;
      if (at < 0 || at >= n) {
        weights += weight;
        continue;
      }
      var q = p;
      q[params.axis] = u32(at);
      let value = transformed(code_at(q));
      if (value != MISSING) {
        total += weight * value;
        weights += weight;
      }
    }
    blurred = total / weights;
  }
  textureStore(result, texel_of(p), vec4u(bitcast<u32>(blurred)));
}
