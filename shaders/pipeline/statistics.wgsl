// Minimum, maximum, sum and count by tree reduction: a thread joins PER_THREAD items, ROW of a workgroup's threads what
// that many threads each have, and one thread that. (A running f32 sum would shift the mean by 2e-4; a tree keeps it to a
// few 1e-7.) Few levels, for each costs a barrier.

struct Params {
  count: u32,
  floor: f32,
  gamma: f32,
}

const PER_THREAD = 64u;
const ROW = 16u;

override POWERED: bool = false;  // measure the transform's power step of the values instead of the values

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(1) var<storage, read> parts: array<Statistics>;
@group(0) @binding(2) var<storage, read_write> result: array<Statistics>;

var<workgroup> shared_parts: array<Statistics, WORKGROUP>;

fn nothing() -> Statistics {
  return Statistics(-MISSING, MISSING, 0.0, 0u);
}

fn joined(a: Statistics, b: Statistics) -> Statistics {
  return Statistics(min(a.low, b.low), max(a.high, b.high), a.sum + b.sum, a.count + b.count);
}

fn reduce_workgroup(mine: Statistics, local: u32, block: u32) {
  shared_parts[local] = mine;
  workgroupBarrier();
  if (local < ROW) {
    for (var k = ROW + local; k < WORKGROUP; k += ROW) {
      shared_parts[local] = joined(shared_parts[local], shared_parts[k]);
    }
  }
  workgroupBarrier();
  if (local == 0u && block * WORKGROUP * PER_THREAD < params.count) {
    for (var k = 1u; k < ROW; k++) {
      shared_parts[0] = joined(shared_parts[0], shared_parts[k]);
    }
    result[block] = shared_parts[0];
  }
}

@compute @workgroup_size(WORKGROUP)
fn measure(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let block = group.y * groups.x + group.x;
  var low = -MISSING;
  var high = MISSING;
  var sum = 0.0;
  var count = 0u;
  for (var k = 0u; k < PER_THREAD; k++) {
    let i = (block * PER_THREAD + k) * WORKGROUP + local;
    if (i < params.count) {
      var value = values[i];
      let present = value != MISSING;
      if (POWERED) {
        value = powered(value, params.floor, params.gamma);
      }
      low = min(low, select(-MISSING, value, present));
      high = max(high, select(MISSING, value, present));
      sum += select(0.0, value, present);
      count += select(0u, 1u, present);
    }
  }
  reduce_workgroup(Statistics(low, high, sum, count), local, block);
}

@compute @workgroup_size(WORKGROUP)
fn combine(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let block = group.y * groups.x + group.x;
  var mine = nothing();
  for (var k = 0u; k < PER_THREAD; k++) {
    let i = (block * PER_THREAD + k) * WORKGROUP + local;
    if (i < params.count) {
      mine = joined(mine, parts[i]);
    }
  }
  reduce_workgroup(mine, local, block);
}
