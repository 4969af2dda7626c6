// How many filled voxels each brick has. One workgroup a brick.

struct Params {
  dims: vec3u,
  bricks: u32,  // how many there are
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read_write> bricks: array<u32>;

var<workgroup> filled: atomic<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let brick = group.y * groups.x + group.x;
  let size = u32(BRICK);
  let low = position(brick, brick_dims(params.dims)) * size;
  for (var k = local; k < size * size * size; k += WORKGROUP) {
    let p = low + position(k, vec3u(size));
    if (brick < params.bricks && all(p < params.dims) && is_filled(voxels[offset(p, params.dims)])) {
      atomicAdd(&filled, 1u);
    }
  }
  workgroupBarrier();
  if (local == 0u && brick < params.bricks) {
    bricks[brick] = atomicLoad(&filled);
  }
}
