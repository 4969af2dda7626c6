// Requires common, field, pool-rows, measure-brick, page-slots.
// The least and greatest key of each brick of new pages. One thread per brick.

struct Params {
  count: u32,  // bricks in all pages
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(2) var<storage, read_write> ranges: array<u32>;  // see brick-range.wgsl

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  if (i >= params.count) {
    return;
  }
  let side = page_bricks();
  let brick = slot_brick(i / (side * side * side), i % (side * side * side));
  set_range(offset(brick, bricks_of(field.dims)), range_of_brick(brick * BRICK));
}
