// Requires common, field, and rows (pool-rows or slab-rows).
// The least and greatest key of each brick and of all bricks. One thread per brick.

struct Params {
  first_z: u32,       // first slice of the slab
  first_brick: u32,   // first brick of the slab
  brick_count: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> ranges: array<u32>;          // see brick-range.wgsl
@group(0) @binding(2) var<storage, read_write> extremes: array<atomic<u32>, 2>;  // starts as 0xffffffff, 0

fn set_range(brick: u32, range: vec2u) {
  if (BYTES == 4u) {
    ranges[2u * brick] = range.x;
    ranges[2u * brick + 1u] = range.y;
  } else {
    ranges[brick] = (range.x & 0xffffu) | (range.y << 16u);
  }
}

fn range_of_brick(corner: vec3u) -> vec2u {
  let size = min(vec3u(BRICK), field.dims - corner);
  let is_in_row = vec4u(0u, 1u, 2u, 3u) < vec4u(size.x);
  var least = vec4u(0xffffffffu);
  var most = vec4u(0u);
  for (var z = 0u; z < size.z; z++) {
    for (var y = 0u; y < size.y; y++) {
      let row = row_of(corner + vec3u(0u, y, z));
      let keys = vec4u(key_of(row.x), key_of(row.y), key_of(row.z), key_of(row.w));
      let counts = is_in_row & (keys >= vec4u(field.first_key)) & (keys <= vec4u(field.last_key));
      least = min(least, select(vec4u(0xffffffffu), keys, counts));
      most = max(most, select(vec4u(0u), keys, counts));
    }
  }
  let low = min(least.xy, least.zw);
  let high = max(most.xy, most.zw);
  return vec2u(min(low.x, low.y), max(high.x, high.y));
}

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
