// Stage 7: compaction of the filled voxels, each of which shows all six faces (the article's exploded grid).
// Each workgroup gathers its own and takes room for them in the list with one atomic.

struct Params {
  count: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read_write> filled: array<u32>;
@group(0) @binding(3) var<storage, read_write> taken: atomic<u32>;

var<workgroup> local_taken: atomic<u32>;
var<workgroup> start: u32;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = element(id, groups);
  let keep = i < params.count && is_filled(voxels[i]);
  var place = 0u;
  if (keep) {
    place = atomicAdd(&local_taken, 1u);
  }
  workgroupBarrier();
  if (local == 0u) {
    start = atomicAdd(&taken, atomicLoad(&local_taken));
  }
  workgroupBarrier();
  if (keep) {
    filled[start + place] = i;
  }
}
