// How far each empty voxel is from the nearest filled one, in steps along axes and diagonals (Chebyshev), up to REACH: a
// ray in an empty voxel may pass over the cube of that radius. One run an axis, for the distance is separable: the least,
// over the voxels j steps along the axis, of max(j, their distance across the axes before). One thread a voxel.

struct Params {
  dims: vec3u,
  axis: u32,
}

const REACH = 24u;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> voxels: array<u32>;
@group(0) @binding(2) var<storage, read> before: array<u32>;
@group(0) @binding(3) var<storage, read_write> after: array<u32>;

fn distance_before(i: u32) -> u32 {
  if (params.axis > 0u) {
    return before[i];
  }
  return select(REACH, 0u, is_filled(voxels[i]));
}

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  if (i >= params.dims.x * params.dims.y * params.dims.z) {
    return;
  }
  let p = position(i, params.dims);
  let strides = vec3u(1u, params.dims.x, params.dims.x * params.dims.y);
  let stride = strides[params.axis];
  let below = p[params.axis];
  let above = params.dims[params.axis] - 1u - below;
  var least = distance_before(i);
  for (var j = 1u; j < least; j++) {
    if (j <= below) {
      least = min(least, max(j, distance_before(i - j * stride)));
    }
    if (j <= above) {
      least = min(least, max(j, distance_before(i + j * stride)));
    }
  }
  if (params.axis < 2u) {
    after[i] = least;
  } else if (least > 0u) {
    voxels[i] = empty_word(least);
  }
}
