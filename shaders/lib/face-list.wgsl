// Requires nothing. Defines FACE_WORDS, DrawArguments, face_of, face_axis, face_cell.

// A visible brick has one bit per face: 64 voxels for each axis, x fastest.
const FACE_WORDS = 6u;

// A face in the list: the voxel's cell, with the axis across the face in the high bits of z, and the voxel's word.
fn face_of(cell: vec3u, axis: u32, word: u32) -> vec4u {
  return vec4u(cell.xy, cell.z | (axis << 30u), word);
}

fn face_axis(face: vec4u) -> u32 {
  return face.z >> 30u;
}

fn face_cell(face: vec4u) -> vec3i {
  return vec3i(vec3u(face.xy, face.z & 0x3fffffffu));
}

// The arguments of drawIndirect (only the first four words), and the values that they are computed from.
const RAYS_WORD = 6u;  // index of `rays`

struct DrawArguments {
  vertex_count: u32,
  instance_count: u32,
  first_vertex: u32,
  first_instance: u32,
  faces: atomic<u32>,     // faces to draw
  overflow: atomic<u32>,  // 1: too many faces or visible bricks to draw faces
  rays: u32,              // 1: no faces are drawn, the composite pass traces rays instead
  marked: atomic<u32>,    // faces found by rays
  capacity: u32,          // capacity of the list in faces
}
