// Minimum, maximum, sum and count by tree reduction: a workgroup turns BLOCK items into one, level by level.
// (A running f32 sum would shift the mean by 2e-4; a tree keeps it to a few 1e-7.)

struct Params {
  count: u32,
  floor: f32,
  gamma: f32,
}

const PER_THREAD = 16u;

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

fn of_value(value: f32) -> Statistics {
  if (value == MISSING) {
    return nothing();
  }
  if (POWERED) {
    let p = powered(value, params.floor, params.gamma);
    return Statistics(p, p, p, 1u);
  }
  return Statistics(value, value, value, 1u);
}

fn reduce_workgroup(mine: Statistics, local: u32, block: u32) {
  shared_parts[local] = mine;
  for (var half = WORKGROUP / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) {
      shared_parts[local] = joined(shared_parts[local], shared_parts[local + half]);
    }
  }
  if (local == 0u && block * WORKGROUP * PER_THREAD < params.count) {
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
  var mine = nothing();
  for (var k = 0u; k < PER_THREAD; k++) {
    let i = (block * PER_THREAD + k) * WORKGROUP + local;
    if (i < params.count) {
      mine = joined(mine, of_value(values[i]));
    }
  }
  reduce_workgroup(mine, local, block);
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
