// From marks to a list of voxels: the marked ones and the filled ones that touch them, for the edges of faces are
// rasterized a fraction of a pixel away from where a ray finds them. One thread a word of marks.


@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read> marks: array<u32>;
@group(0) @binding(3) var<storage, read_write> seen: array<u32>;
@group(0) @binding(4) var<storage, read_write> count: atomic<u32>;

var<workgroup> local_count: atomic<u32>;
var<workgroup> start: u32;

fn marks_at(word: i32, y: i32, z: i32) -> u32 {
  let words = mark_words(view.dims);
  if (word < 0 || word >= i32(words) || y < 0 || y >= i32(view.dims.y) || z < 0 || z >= i32(view.dims.z)) {
    return 0u;
  }
  return marks[(u32(z) * view.dims.y + u32(y)) * words + u32(word)];
}

// The marks of 32 voxels and of all that touch them.
fn spread(word: i32, y: i32, z: i32) -> u32 {
  var bits = 0u;
  for (var k = 0; k < 9; k++) {
    let row = vec2i(y + k % 3 - 1, z + k / 3 - 1);
    let own = marks_at(word, row.x, row.y);
    let before = marks_at(word - 1, row.x, row.y) >> 31u;
    let after = marks_at(word + 1, row.x, row.y) << 31u;
    bits |= own | (own << 1u) | (own >> 1u) | before | after;
  }
  return bits;
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = element(id, groups);
  let words = mark_words(view.dims);
  let p = vec3u(i % words, i / words % view.dims.y, i / (words * view.dims.y));
  let first = offset(vec3u(32u * p.x, p.yz), view.dims);
  var keep = 0u;
  if (p.z < view.dims.z) {
    var bits = spread(i32(p.x), i32(p.y), i32(p.z));
    while (bits != 0u) {
      let bit = firstTrailingBit(bits);
      bits &= bits - 1u;
      if (32u * p.x + bit < view.dims.x && is_filled(voxels[first + bit])) {
        keep |= 1u << bit;
      }
    }
  }
  var place = atomicAdd(&local_count, countOneBits(keep));
  workgroupBarrier();
  if (local == 0u) {
    start = atomicAdd(&count, atomicLoad(&local_count));
  }
  workgroupBarrier();
  while (keep != 0u) {
    seen[start + place] = first + firstTrailingBit(keep);
    keep &= keep - 1u;
    place++;
  }
}
