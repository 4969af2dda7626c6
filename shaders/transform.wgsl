// Stage 3: the article's transform. p = clip(n - floor, 0, 1) ** gamma,
// t = clip((p - mean(p)) * contrast + mean(p) - bias, 0, 1); `statistics` is of p.

struct Params {
  count: u32,
  floor: f32,
  gamma: f32,
  contrast: f32,
  bias: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> statistics: Statistics;
@group(0) @binding(2) var<storage, read> values: array<f32>;
@group(0) @binding(3) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  if (i >= params.count) {
    return;
  }
  let value = values[i];
  if (value == MISSING) {
    result[i] = MISSING;
    return;
  }
  let mean = statistics.sum / f32(statistics.count);
  let p = powered(value, params.floor, params.gamma);
  result[i] = saturate((p - mean) * params.contrast + mean - params.bias);
}
