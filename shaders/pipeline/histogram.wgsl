// Histogram of values in [0, 1] over equal bins, the last one closed (as NumPy counts).

struct Params {
  count: u32,
  bins: u32,
}

const MAX_BINS = 1024u;
const PER_THREAD = 16u;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read_write> counts: array<atomic<u32>>;

var<workgroup> local_counts: array<atomic<u32>, MAX_BINS>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let block = group.y * groups.x + group.x;
  for (var k = 0u; k < PER_THREAD; k++) {
    let i = (block * PER_THREAD + k) * WORKGROUP + local;
    if (i < params.count && values[i] != MISSING) {
      let bin = min(u32(values[i] * f32(params.bins)), params.bins - 1u);
      atomicAdd(&local_counts[bin], 1u);
    }
  }
  workgroupBarrier();
  for (var bin = local; bin < params.bins; bin += WORKGROUP) {
    let n = atomicLoad(&local_counts[bin]);
    if (n > 0u) {
      atomicAdd(&counts[bin], n);
    }
  }
}
