// Requires common, brick.
// Distance of each empty brick to the nearest occupied one, in steps along axes and diagonals (Chebyshev), up to REACH.
// A ray may skip the cube of that radius. One run per axis, as the distance is separable: the minimum, over the bricks
// j steps along the axis, of max(j, their distance over the previous axes). One thread per brick.

struct Params {
  grid: vec3u,
  axis: u32,
}

const REACH = 6u;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> bricks: array<u32>;
@group(0) @binding(2) var<storage, read> before: array<u32>;
@group(0) @binding(3) var<storage, read_write> after: array<u32>;

fn distance_before(i: u32) -> u32 {
  if (params.axis > 0u) {
    return before[i];
  }
  return select(REACH, 0u, is_occupied(bricks[i]));
}

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  if (i >= params.grid.x * params.grid.y * params.grid.z) {
    return;
  }
  let p = position(i, params.grid);
  let strides = vec3u(1u, params.grid.x, params.grid.x * params.grid.y);
  let stride = strides[params.axis];
  let below = p[params.axis];
  let above = params.grid[params.axis] - 1u - below;
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
    bricks[i] = least;
  }
}
