// Requires common, field.
// Histogram of transformed values over equal bins of [0, 1], the last one closed (as in NumPy). One thread per brick.

const MAX_BINS = 1024u;

@group(0) @binding(0) var<storage, read_write> counts: array<atomic<u32>>;  // one counter per bin

var<workgroup> local_counts: array<atomic<u32>, MAX_BINS>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = element(id, groups);
  let grid = bricks_of(field.dims);
  let bins = arrayLength(&counts);
  if (i < grid.x * grid.y * grid.z) {
    let low = position(i, grid) * BRICK;
    let high = min(low + BRICK, field.dims);
    for (var z = low.z; z < high.z; z++) {
      for (var y = low.y; y < high.y; y++) {
        for (var x = low.x; x < high.x; x++) {
          let value = transformed(code_at(vec3u(x, y, z)));
          if (value != MISSING) {
            atomicAdd(&local_counts[min(u32(value * f32(bins)), bins - 1u)], 1u);
          }
        }
      }
    }
  }
  workgroupBarrier();
  for (var bin = local; bin < bins; bin += WORKGROUP) {
    let n = atomicLoad(&local_counts[bin]);
    if (n > 0u) {
      atomicAdd(&counts[bin], n);
    }
  }
}
