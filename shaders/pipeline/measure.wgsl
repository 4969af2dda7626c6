// Requires common, field. The least and greatest key of each brick, how often each code occurs (1 and 2 bytes), and the
// least and greatest key of all (4 bytes). One thread a brick.

@group(0) @binding(0) var<storage, read_write> ranges: array<u32>;        // see brick-range.wgsl
@group(0) @binding(1) var<storage, read_write> counts: array<atomic<u32>>;  // a counter a code, if BYTES < 4
@group(0) @binding(2) var<storage, read_write> extremes: array<atomic<u32>, 2>;  // of codes of 4 bytes; starts as 0xffffffff, 0

fn set_range(brick: u32, range: vec2u) {
  if (BYTES == 4u) {
    ranges[2u * brick] = range.x;
    ranges[2u * brick + 1u] = range.y;
  } else {
    ranges[brick] = (range.x & 0xffffu) | (range.y << 16u);
  }
}

var<workgroup> local_counts: array<atomic<u32>, 256>;

fn count_code(code: u32, n: u32) {
  if (BYTES == 1u) {
    atomicAdd(&local_counts[code], n);
  } else if (BYTES == 2u) {
    atomicAdd(&counts[code], n);
  }
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = element(id, groups);
  let grid = bricks_of(field.dims);
  if (i < grid.x * grid.y * grid.z) {
    let low = position(i, grid) * BRICK;
    let size = min(vec3u(BRICK), field.dims - low);
    let texel = texel_of(low);
    var least = 0xffffffffu;
    var most = 0u;
    // Neighbours are often equal: a run of one code is counted at once.
    var run_code = 0u;
    var run = 0u;
    for (var z = 0u; z < size.z; z++) {
      for (var y = 0u; y < size.y; y++) {
        for (var x = 0u; x < size.x; x++) {
          let code = textureLoad(pool, texel + vec3u(x, y, z), 0).r;
          if (code != run_code) {
            if (run > 0u) {
              count_code(run_code, run);
            }
            run_code = code;
            run = 0u;
            let key = key_of(code);
            if (is_present(key)) {
              least = min(least, key);
              most = max(most, key);
            }
          }
          run++;
        }
      }
    }
    count_code(run_code, run);
    let first = key_of(textureLoad(pool, texel, 0).r);
    if (is_present(first)) {
      least = min(least, first);
      most = max(most, first);
    }
    set_range(i, vec2u(least, most));
    if (BYTES == 4u && least <= most) {
      atomicMin(&extremes[0], least);
      atomicMax(&extremes[1], most);
    }
  }
  workgroupBarrier();
  if (BYTES == 1u && local < 256u) {
    let n = atomicLoad(&local_counts[local]);
    if (n > 0u) {
      atomicAdd(&counts[local], n);
    }
  }
}
