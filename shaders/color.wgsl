// Stage 6: second normalization, then value to voxel word: colour entry min(floor(v * 256), 255), alpha = v.
// Works in place on the bits of the cut values, and counts the filled voxels.

struct Params {
  count: u32,
}

const PER_THREAD = 16u;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> statistics: Statistics;
@group(0) @binding(2) var<storage, read_write> voxels: array<u32>;
@group(0) @binding(3) var<storage, read_write> filled: atomic<u32>;

var<workgroup> local_filled: atomic<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let block = group.y * groups.x + group.x;
  var mine = 0u;
  for (var k = 0u; k < PER_THREAD; k++) {
    let i = (block * PER_THREAD + k) * WORKGROUP + local;
    if (i >= params.count) {
      break;
    }
    let value = normalized(bitcast<f32>(voxels[i]), statistics);
    let word = voxel_word(min(u32(max(value, 0.0) * 256.0), 255u), value);
    voxels[i] = word;
    mine += select(0u, 1u, is_filled(word));
  }
  atomicAdd(&local_filled, mine);
  workgroupBarrier();
  if (local == 0u) {
    atomicAdd(&filled, atomicLoad(&local_filled));
  }
}
