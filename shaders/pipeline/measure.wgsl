// Requires common, field, rows (pool-rows or slab-rows), measure-brick.
// The least and greatest key of each brick and of all bricks. One thread per brick.

struct Params {
  first_z: u32,       // first slice of the slab
  first_brick: u32,   // first brick of the slab
  brick_count: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> ranges: array<u32>;          // see brick-range.wgsl
@group(0) @binding(2) var<storage, read_write> extremes: array<atomic<u32>, 2>;  // starts as 0xffffffff, 0

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  if (i >= params.brick_count) {
    return;
  }
  let brick = params.first_brick + i;
  let range = range_of_brick(position(brick, bricks_of(field.dims)) * BRICK);
  set_range(brick, range);
  // Uses atomics only if the brick widens the range.
  if (range.x <= range.y && (range.x < atomicLoad(&extremes[0]) || range.y > atomicLoad(&extremes[1]))) {
    atomicMin(&extremes[0], range.x);
    atomicMax(&extremes[1], range.y);
  }
}
