// Requires nothing. Defines FACE_WORDS, FACE_BITS, DrawArguments.

// A visible brick has a bit a face: 64 voxels for each axis, x fastest.
const FACE_WORDS = 6u;
const FACE_BITS = 192u;

// The arguments of drawIndirect, which only the first four words are, and what decides on them.
struct DrawArguments {
  vertex_count: u32,
  instance_count: u32,
  first_vertex: u32,
  first_instance: u32,
  faces: atomic<u32>,     // that are to be drawn
  overflow: atomic<u32>,  // 1: the table of visible bricks is too small for the picture
  rays: u32,              // 1: no faces are drawn, the composite pass follows the rays instead
}
