// Requires common, field, brick-range, cut.
// The least and greatest key that remain after the cut, and whether the clip plane removes voxels of the crop. Uses the
// ranges of bricks, and single voxels only in bricks that are cut. One thread per brick.

struct Left {
  least: atomic<u32>,    // starts as 0xffffffff
  most: atomic<u32>,
  is_clipped: atomic<u32>,
}

@group(0) @binding(0) var<storage, read> ranges: array<u32>;
@group(0) @binding(1) var<storage, read_write> left: Left;

fn range_of_voxels(box: Box) -> vec2u {
  var range = vec2u(0xffffffffu, 0u);
  for (var z = box.low.z; z < box.high.z; z++) {
    for (var y = box.low.y; y < box.high.y; y++) {
      for (var x = box.low.x; x < box.high.x; x++) {
        let cell = vec3u(x, y, z);
        let key = key_of(code_at(cell));
        if (is_kept(cell) && is_present(key)) {
          range = vec2u(min(range.x, key), max(range.y, key));
        }
      }
    }
  }
  return range;
}

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  let grid = bricks_of(field.dims);
  if (i >= grid.x * grid.y * grid.z) {
    return;
  }
  let corner = position(i, grid) * BRICK;
  let box = kept_box(corner);
  if (is_nothing(box)) {
    return;
  }
  let side = clip_side(box);
  if (side != ALL_KEPT) {
    atomicOr(&left.is_clipped, 1u);
  }
  if (side == NONE_KEPT) {
    return;
  }
  var range = range_of(i);
  let whole = side == ALL_KEPT && all(box.high - box.low == min(corner + BRICK, field.dims) - corner);
  // Uses atomics and reads voxels only if the brick could widen the range.
  if (range.x > range.y || (range.x >= atomicLoad(&left.least) && range.y <= atomicLoad(&left.most))) {
    return;
  }
  if (!whole) {
    range = range_of_voxels(box);
  }
  if (range.x <= range.y) {
    atomicMin(&left.least, range.x);
    atomicMax(&left.most, range.y);
  }
}
