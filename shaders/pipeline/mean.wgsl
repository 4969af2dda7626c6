// Requires common, field.
// Sums a function of the values over the voxels that are not missing, and counts those voxels: one pair per workgroup.
// A thread sums one brick, a workgroup its threads, and the CPU the rest: a running f32 sum would shift the mean by
// 2e-4. One thread per brick.

struct Params {
  powered: u32,  // 1: mean of the article's power step; 0: mean of normalized values
  floor: f32,
  gamma: f32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> sums: array<vec2f>;

var<workgroup> parts: array<vec2f, WORKGROUP>;

fn term(cell: vec3u) -> vec2f {
  let key = key_of(code_at(cell));
  if (!is_present(key)) {
    return vec2f(0.0);
  }
  let n = normalized(key_value(key, field.origin), field.least, field.most);
  return vec2f(select(n, powered(n, params.floor, params.gamma), params.powered == 1u), 1.0);
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = element(id, groups);
  let grid = bricks_of(field.dims);
  var sum = vec2f(0.0);
  if (i < grid.x * grid.y * grid.z) {
    let low = position(i, grid) * BRICK;
    let high = min(low + BRICK, field.dims);
    for (var z = low.z; z < high.z; z++) {
      for (var y = low.y; y < high.y; y++) {
        for (var x = low.x; x < high.x; x++) {
          sum += term(vec3u(x, y, z));
        }
      }
    }
  }
  parts[local] = sum;
  for (var half = WORKGROUP / 2u; half > 0u; half /= 2u) {
    workgroupBarrier();
    if (local < half) {
      parts[local] += parts[local + half];
    }
  }
  let number = group.y * groups.x + group.x;
  if (local == 0u && number < arrayLength(&sums)) {
    sums[number] = parts[0];
  }
}
