// What the compute passes share: how a missing value is marked and which element a thread works on.

// NaN and infinities of the file. WGSL may assume that neither occurs, so the lowest f32 stands for them.
const MISSING = -0x1.fffffep+127f;

// Threads of a workgroup; src/engine/kernel.ts divides the work by the same number.
override WORKGROUP: u32;

// Dispatches are folded into two dimensions, for one dimension ends at 65535 workgroups.
fn element(id: vec3u, groups: vec3u) -> u32 {
  return id.y * groups.x * WORKGROUP + id.x;
}

fn position(index: u32, dims: vec3u) -> vec3u {
  return vec3u(index % dims.x, index / dims.x % dims.y, index / (dims.x * dims.y));
}

fn offset(p: vec3u, dims: vec3u) -> u32 {
  return (p.z * dims.y + p.y) * dims.x + p.x;
}

// Minimum, maximum and sum over the values that are not missing, and how many those are.
struct Statistics {
  low: f32,
  high: f32,
  sum: f32,
  count: u32,
}

// (v - low) / (high - low); halves keep the differences finite over the whole range of f32.
fn normalized(value: f32, s: Statistics) -> f32 {
  let range = 0.5 * s.high - 0.5 * s.low;
  if (value == MISSING) {
    return MISSING;
  }
  if (!(range > 0.0)) {
    return 0.0;
  }
  return saturate((0.5 * value - 0.5 * s.low) / range);
}
