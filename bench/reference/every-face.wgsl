// The list of all six faces of every filled voxel. One thread a voxel.

struct Params {
  count: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read_write> faces: array<u32>;  // 8 * voxel + 2 * axis + side
@group(0) @binding(3) var<storage, read_write> taken: atomic<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  if (i < params.count && is_filled(voxels[i])) {
    let start = atomicAdd(&taken, 6u);
    for (var k = 0u; k < 6u; k++) {
      faces[start + k] = 8u * i + k;
    }
  }
}
