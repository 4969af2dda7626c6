// Requires nothing. Defines FACE_WORDS, DrawArguments, face_of, face_axis, face_cell.

// A visible brick has a bit a face: 64 voxels for each axis, x fastest.
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

// The arguments of drawIndirect, which only the first four words are, and what decides on them.
const RAYS_WORD = 6u;  // where `rays` is

struct DrawArguments {
  vertex_count: u32,
  instance_count: u32,
  first_vertex: u32,
  first_instance: u32,
  faces: atomic<u32>,     // that are to be drawn
  overflow: atomic<u32>,  // 1: there are too many faces, or visible bricks, to draw them
  rays: u32,              // 1: no faces are drawn, the composite pass follows the rays instead
  marked: atomic<u32>,    // faces that rays have found
  capacity: u32,          // faces that the list holds
}
