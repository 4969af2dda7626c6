// Anti-aliasing before a reduction: a Gaussian along one axis, 0 outside, cut at four sigma (scikit-image's).

struct Params {
  dims: vec3u,
  axis: u32,
  sigma: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  if (i >= params.dims.x * params.dims.y * params.dims.z) {
    return;
  }
  if (values[i] == MISSING) {
    result[i] = MISSING;
    return;
  }
  let p = vec3i(position(i, params.dims));
  let n = i32(params.dims[params.axis]);
  let radius = i32(4.0 * params.sigma + 0.5);
  var total = 0.0;
  var weights = 0.0;
  for (var k = -radius; k <= radius; k++) {
    let weight = exp(-0.5 * f32(k * k) / (params.sigma * params.sigma));
    var q = p;
    q[params.axis] += k;
    if (q[params.axis] < 0 || q[params.axis] >= n) {
      weights += weight;
      continue;
    }
    let value = values[offset(vec3u(q), params.dims)];
    if (value != MISSING) {
      total += weight * value;
      weights += weight;
    }
  }
  result[i] = total / weights;
}
