// Stage 4: trilinear resize, sampled at (i + 0.5) * s / n - 0.5, 0 outside (scikit-image 0.13). One thread an
// output voxel. The source may be a slab of whole z slices, from `source_z` on: then only what lies in it is written.

struct Params {
  source: vec3u,    // of the whole source
  source_z: u32,    // first slice that is in `values`
  dims: vec3u,      // of the result
  first_z: u32,     // slices of the result to write
  end_z: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;

// Sample position in units of 1 / (2 n): integers keep it exact where f32 would be off by 2e-5.
fn sample(i: u32, s: u32, n: u32) -> i32 {
  return i32((2u * i + 1u) * s) - i32(n);
}

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let slices = vec3u(params.dims.xy, params.end_z - params.first_z);
  let i = element(id, groups);
  if (i >= slices.x * slices.y * slices.z) {
    return;
  }
  let p = position(i, slices) + vec3u(0u, 0u, params.first_z);
  let at = vec3i(
    sample(p.x, params.source.x, params.dims.x),
    sample(p.y, params.source.y, params.dims.y),
    sample(p.z, params.source.z, params.dims.z),
  );
  let unit = vec3i(2u * params.dims);
  let out = offset(p, params.dims);
  if (any(at < vec3i(0)) || any(at > vec3i(params.source - 1u) * unit)) {
    result[out] = 0.0;
    return;
  }
  let base = at / unit;
  let t = vec3f(at - base * unit) / vec3f(unit);
  var total = 0.0;
  var present = 0.0;
  for (var corner = 0u; corner < 8u; corner++) {
    let step = vec3u(corner & 1u, (corner >> 1u) & 1u, corner >> 2u);
    let w = select(1.0 - t, t, step == vec3u(1u));
    let weight = w.x * w.y * w.z;
    if (weight > 0.0) {
      let q = vec3u(base) + step - vec3u(0u, 0u, params.source_z);
      let value = values[offset(q, params.source)];
      if (value != MISSING) {
        total += weight * value;
        present += weight;
      }
    }
  }
  // Missing neighbours have no say, unless they are the nearer half.
  result[out] = select(total / present, MISSING, present < 0.5);
}
