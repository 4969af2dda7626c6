// Requires common, field, and rows (pool-rows or slab-rows). The least and greatest key of each brick, how often each code
// occurs (1 and 2 bytes), and the least and greatest key of all (4 bytes). One thread a brick.

struct Params {
  first_z: u32,       // first slice of the slab
  first_brick: u32,   // first brick of the slab
  brick_count: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> ranges: array<u32>;          // see brick-range.wgsl
@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;  // a counter a code, if BYTES < 4
@group(0) @binding(3) var<storage, read_write> extremes: array<atomic<u32>, 2>;  // if BYTES = 4; starts as 0xffffffff, 0

fn set_range(brick: u32, range: vec2u) {
  if (BYTES == 4u) {
    ranges[2u * brick] = range.x;
    ranges[2u * brick + 1u] = range.y;
  } else {
    ranges[brick] = (range.x & 0xffffu) | (range.y << 16u);
  }
}

// A counter a thread: workgroups have as many threads as bytes have values.
var<workgroup> local_counts: array<atomic<u32>, WORKGROUP>;

fn count_code(code: u32, n: u32) {
  if (BYTES == 1u) {
    atomicAdd(&local_counts[code], n);
  } else if (BYTES == 2u) {
    atomicAdd(&counts[code], n);
  }
}

fn range_of_brick(corner: vec3u) -> vec2u {
  let size = min(vec3u(BRICK), field.dims - corner);
  let is_in_row = vec4u(0u, 1u, 2u, 3u) < vec4u(size.x);
  var least = vec4u(0xffffffffu);
  var most = vec4u(0u);
  // Rows of one code are often followed by more of it: they are counted at once.
  var run_code = 0u;
  var run = 0u;
  for (var z = 0u; z < size.z; z++) {
    for (var y = 0u; y < size.y; y++) {
      let row = row_of(corner + vec3u(0u, y, z));
      let keys = vec4u(key_of(row.x), key_of(row.y), key_of(row.z), key_of(row.w));
      let counts = is_in_row & (keys >= vec4u(field.first_key)) & (keys <= vec4u(field.last_key));
      least = min(least, select(vec4u(0xffffffffu), keys, counts));
      most = max(most, select(vec4u(0u), keys, counts));
      if (BYTES == 4u) {
        continue;
      }
      if (size.x == BRICK && all(row == row.xxxx)) {
        if (row.x != run_code) {
          count_code(run_code, run);
          run_code = row.x;
          run = 0u;
        }
        run += BRICK;
        continue;
      }
      count_code(row.x, 1u);
      for (var x = 1u; x < size.x; x++) {
        count_code(row[x], 1u);
      }
    }
  }
  if (run > 0u) {
    count_code(run_code, run);
  }
  let low = min(least.xy, least.zw);
  let high = max(most.xy, most.zw);
  return vec2u(min(low.x, low.y), max(high.x, high.y));
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = element(id, groups);
  if (i < params.brick_count) {
    let brick = params.first_brick + i;
    let range = range_of_brick(position(brick, bricks_of(field.dims)) * BRICK);
    set_range(brick, range);
    if (BYTES == 4u && range.x <= range.y) {
      atomicMin(&extremes[0], range.x);
      atomicMax(&extremes[1], range.y);
    }
  }
  if (BYTES == 1u) {
    workgroupBarrier();
    let n = atomicLoad(&local_counts[local]);
    if (n > 0u) {
      atomicAdd(&counts[local], n);
    }
  }
}
