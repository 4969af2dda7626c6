// Requires common, frame, face-list, visible-bricks, and a grid.
// Builds the list of faces to draw from the wanted faces: those of filled voxels. One thread per 32 faces.

@group(0) @binding(1) var<storage, read> wanted: array<u32>;
@group(0) @binding(2) var<storage, read_write> draw: DrawArguments;
@group(0) @binding(3) var<storage, read_write> faces: array<vec4u>;  // see face-list.wgsl

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  let slot = i / FACE_WORDS;
  var bits = 0u;
  if (slot < arrayLength(&slots) && atomicLoad(&draw.overflow) == 0u) {
    bits = wanted[i];
  }
  if (bits == 0u) {
    return;
  }
  let number = atomicLoad(&slots[slot]) - 1u;
  let corner = BRICK * position(number, bricks_of(frame.dims));
  let brick = bricks[number];
  if (!is_occupied(brick)) {
    return;
  }
  let first = 32u * (i % FACE_WORDS);
  var keep = 0u;
  while (bits != 0u) {
    let bit = firstTrailingBit(bits);
    bits &= bits - 1u;
    let cell = vec3i(corner + position((first + bit) % BRICK_VOXELS, vec3u(BRICK)));
    if (is_inside(cell) && is_filled(word_at(cell, brick))) {
      keep |= 1u << bit;
    }
  }
  if (keep == 0u) {
    return;
  }
  var place = atomicAdd(&draw.faces, countOneBits(keep));
  while (keep != 0u) {
    let bit = firstTrailingBit(keep);
    keep &= keep - 1u;
    if (place < draw.capacity) {
      let cell = corner + position((first + bit) % BRICK_VOXELS, vec3u(BRICK));
      faces[place] = face_of(cell, (first + bit) / BRICK_VOXELS, word_at(vec3i(cell), brick));
    }
    place++;
  }
}
