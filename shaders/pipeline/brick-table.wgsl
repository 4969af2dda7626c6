// Requires common, field, brick-range, filled-range, cut.
// The brick table: which bricks remain occupied after the cut and the transfer, and where their voxels lie in the pool.
// brick-distance.wgsl adds the distances of empty bricks. One thread per brick.

const EMPTY = 0u;

@group(0) @binding(0) var<storage, read> ranges: array<u32>;
@group(0) @binding(1) var<storage, read> filled_below: array<u32>;  // see filled-range.wgsl
@group(0) @binding(2) var<storage, read_write> bricks: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  let grid = bricks_of(field.dims);
  if (i >= grid.x * grid.y * grid.z) {
    return;
  }
  let corner = position(i, grid) * BRICK;
  let box = kept_box(corner);
  var word = EMPTY;
  if (!is_nothing(box) && may_be_filled(range_of(i))) {
    let side = clip_side(box);
    if (side != NONE_KEPT) {
      word = OCCUPIED | select(0u, CLIPPED, side == SOME_KEPT) | pool_bits(texel_of(corner) / BRICK);
    }
  }
  bricks[i] = word;
}
