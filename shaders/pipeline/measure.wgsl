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
var<workgroup> local_counts: array<atomic<u32>, 256>;

fn count_code(code: u32, n: u32) {
  if (BYTES == 1u) {
    atomicAdd(&local_counts[code], n);
  } else if (BYTES == 2u) {
    atomicAdd(&counts[code], n);
  }
}

// A run of voxels with one code, which is counted and compared at once: neighbours are often equal.
struct Run {
  code: u32,
  length: u32,
  range: vec2u,
}

fn end_run(run: ptr<function, Run>) {
  count_code((*run).code, (*run).length);
  let key = key_of((*run).code);
  if (is_present(key)) {
    (*run).range = vec2u(min((*run).range.x, key), max((*run).range.y, key));
  }
}

fn range_of_brick(corner: vec3u) -> vec2u {
  let size = min(vec3u(BRICK), field.dims - corner);
  var run = Run(row_of(corner).x, 0u, vec2u(0xffffffffu, 0u));
  for (var z = 0u; z < size.z; z++) {
    for (var y = 0u; y < size.y; y++) {
      let row = row_of(corner + vec3u(0u, y, z));
      if (size.x == BRICK && all(row == vec4u(run.code))) {
        run.length += BRICK;
        continue;
      }
      for (var x = 0u; x < size.x; x++) {
        if (row[x] != run.code) {
          end_run(&run);
          run.code = row[x];
          run.length = 0u;
        }
        run.length++;
      }
    }
  }
  end_run(&run);
  return run.range;
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
