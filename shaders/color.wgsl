// Stage 6: second normalization, then value to voxel word: colour entry min(floor(v * 256), 255), alpha = v.
// Works in place on the bits of the cut values, and counts the filled voxels.

struct Params {
  count: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> statistics: Statistics;
@group(0) @binding(2) var<storage, read_write> voxels: array<u32>;
@group(0) @binding(3) var<storage, read_write> filled: atomic<u32>;

var<workgroup> local_filled: atomic<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = element(id, groups);
  if (i < params.count) {
    let value = normalized(bitcast<f32>(voxels[i]), statistics);
    let word = voxel_word(min(u32(max(value, 0.0) * 256.0), 255u), value);
    voxels[i] = word;
    if (is_filled(word)) {
      atomicAdd(&local_filled, 1u);
    }
  }
  workgroupBarrier();
  if (local == 0u) {
    atomicAdd(&filled, atomicLoad(&local_filled));
  }
}
