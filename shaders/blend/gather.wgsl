// From marks to the list of faces to draw: the marked ones, and those beside them, for the edges of faces are rasterized
// a fraction of a pixel away from where a ray finds them. One thread 32 faces of one axis.

struct DrawArguments {
  index_count: u32,
  instance_count: atomic<u32>,
  first_index: u32,
  base_vertex: u32,
  first_instance: u32,
}

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read> marks: array<u32>;
@group(0) @binding(3) var<storage, read_write> faces: array<u32>;  // 4 * voxel + axis
@group(0) @binding(4) var<storage, read_write> draw: DrawArguments;
@group(0) @binding(5) var<storage, read> work: u32;  // in WORK_UNITs: see mark.wgsl

// Voxels that the weights of a pixel may look through, on average. Where alphas are so low that it would take more, no
// face is drawn, and compositing in order takes their place: a frame must not hold the GPU for seconds.
override BUDGET: f32;

var<workgroup> local_count: atomic<u32>;
var<workgroup> start: u32;

fn marks_at(axis: u32, word: i32, y: i32, z: i32) -> u32 {
  let words = mark_words(view.dims);
  if (word < 0 || word >= i32(words) || y < 0 || y >= i32(view.dims.y) || z < 0 || z >= i32(view.dims.z)) {
    return 0u;
  }
  return marks[mark_row(axis, vec2u(vec2i(y, z)), view.dims) * words + u32(word)];
}

// The marks of 32 faces, of those like them in the six voxels around each, and of the other faces of their voxels: of a
// sliver that the rasterizer finds the ray may find the side beside it.
fn spread(axis: u32, word: i32, y: i32, z: i32) -> u32 {
  let own = marks_at(axis, word, y, z);
  let others = marks_at((axis + 1u) % 3u, word, y, z) | marks_at((axis + 2u) % 3u, word, y, z);
  let before = marks_at(axis, word - 1, y, z) >> 31u;
  let after = marks_at(axis, word + 1, y, z) << 31u;
  let in_row = own | (own << 1u) | (own >> 1u) | before | after;
  let in_slice = marks_at(axis, word, y - 1, z) | marks_at(axis, word, y + 1, z);
  return others | in_row | in_slice | marks_at(axis, word, y, z - 1) | marks_at(axis, word, y, z + 1);
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = element(id, groups);
  let words = mark_words(view.dims);
  let p = position(i, vec3u(words, view.dims.yz));
  let axis = p.z / view.dims.z;
  let z = p.z % view.dims.z;
  let first = offset(vec3u(32u * p.x, p.y, z), view.dims);
  var keep = 0u;
  let pixels = f32(view.pixels.x) * f32(view.pixels.y);
  if (axis < 3u && f32(work) * f32(WORK_UNIT) <= BUDGET * pixels) {
    var bits = spread(axis, i32(p.x), i32(p.y), i32(z));
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
    start = atomicAdd(&draw.instance_count, atomicLoad(&local_count));
  }
  workgroupBarrier();
  while (keep != 0u) {
    faces[start + place] = 4u * (first + firstTrailingBit(keep)) + axis;
    keep &= keep - 1u;
    place++;
  }
}
