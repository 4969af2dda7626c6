// Requires common, frame, face-list, visible-bricks, and a grid. From wanted faces to the list that is drawn: those of
// filled voxels. One thread 32 faces.

@group(0) @binding(1) var<storage, read> wanted: array<u32>;
@group(0) @binding(2) var<storage, read_write> draw: DrawArguments;
@group(0) @binding(3) var<storage, read_write> faces: array<vec2u>;  // FACE_BITS * slot + bit, and the voxel's word

var<workgroup> local_count: atomic<u32>;
var<workgroup> start: u32;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(global_invocation_id) id: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let i = element(id, groups);
  let slot = i / FACE_WORDS;
  var bits = 0u;
  if (slot < arrayLength(&slots)) {
    bits = wanted[i];
  }
  var corner = vec3u(0u);
  var brick = 0u;
  if (bits != 0u) {
    let number = atomicLoad(&slots[slot]) - 1u;
    corner = BRICK * position(number, bricks_of(frame.dims));
    brick = bricks[number];
    bits = select(0u, bits, is_occupied(brick));
  }
  let first = 32u * (i % FACE_WORDS);
  var keep = 0u;
  while (bits != 0u) {
    let bit = firstTrailingBit(bits);
    bits &= bits - 1u;
    let cell = vec3i(corner + position((first + bit) % 64u, vec3u(BRICK)));
    if (is_inside(cell) && is_filled(word_at(cell, brick))) {
      keep |= 1u << bit;
    }
  }
  var place = atomicAdd(&local_count, countOneBits(keep));
  workgroupBarrier();
  if (local == 0u) {
    start = atomicAdd(&draw.faces, atomicLoad(&local_count));
  }
  workgroupBarrier();
  place += start;
  while (keep != 0u) {
    let bit = firstTrailingBit(keep);
    keep &= keep - 1u;
    if (place < arrayLength(&faces)) {
      let cell = vec3i(corner + position((first + bit) % 64u, vec3u(BRICK)));
      faces[place] = vec2u(FACE_BITS * slot + first + bit, word_at(cell, brick));
    }
    place++;
  }
}
