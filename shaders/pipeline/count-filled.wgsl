// Requires common, field, stored-word, brick-range, cut.
// Counts the voxels that are filled after the cut and the transfer. One thread per brick.

@group(0) @binding(0) var<storage, read_write> filled: atomic<u32>;
@group(0) @binding(1) var<storage, read> bricks: array<u32>;
@group(0) @binding(2) var<storage, read> table: array<u32>;

var<workgroup> local_filled: atomic<u32>;

fn filled_in(box: Box) -> u32 {
  var count = 0u;
  for (var z = box.low.z; z < box.high.z; z++) {
    for (var y = box.low.y; y < box.high.y; y++) {
      for (var x = box.low.x; x < box.high.x; x++) {
        let cell = vec3u(x, y, z);
        if (is_kept(cell) && is_filled(stored_word(code_at(cell)))) {
          count++;
        }
      }
    }
  }
  return count;
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = element(id, groups);
  let grid = bricks_of(field.dims);
  if (i < grid.x * grid.y * grid.z && is_occupied(bricks[i])) {
    atomicAdd(&local_filled, filled_in(kept_box(position(i, grid) * BRICK)));
  }
  workgroupBarrier();
  if (local == 0u) {
    atomicAdd(&filled, atomicLoad(&local_filled));
  }
}
