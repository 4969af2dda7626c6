// Requires common, voxel, brick, frame, explicit-grid. The table of bricks of an explicit grid. One thread a brick.

@group(0) @binding(0) var<storage, read_write> occupied: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  let grid = bricks_of(cells.dims);
  if (i >= grid.x * grid.y * grid.z) {
    return;
  }
  let low = position(i, grid) * BRICK;
  let high = min(low + BRICK, cells.dims);
  var word = 0u;
  for (var z = low.z; z < high.z; z++) {
    for (var y = low.y; y < high.y; y++) {
      for (var x = low.x; x < high.x; x++) {
        if (is_filled(voxels[offset(vec3u(x, y, z), cells.dims)])) {
          word = OCCUPIED;
        }
      }
    }
  }
  occupied[i] = word;
}
