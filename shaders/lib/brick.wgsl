// Requires nothing. Defines BRICK, bricks_of, OCCUPIED, CLIPPED, pool_bits, pool_corner.
// A brick is a cube of 4 x 4 x 4 voxels. The brick table has one word per brick, x fastest. For an occupied brick, the
// word says where its voxels lie in the pool; for an empty one, it is the distance to the nearest occupied brick.

const BRICK = 4u;
const BRICK_VOXELS = 64u;

const OCCUPIED = 0x80000000u;  // some of its voxels may be filled
const CLIPPED = 0x40000000u;   // the clip plane removes some of them

fn bricks_of(dims: vec3u) -> vec3u {
  return (dims + BRICK - 1u) / BRICK;
}

fn is_occupied(word: u32) -> bool {
  return (word & OCCUPIED) != 0u;
}

// Packs a corner in the pool, in bricks: 9 bits per axis, as textures have at most 2048 texels per side.
fn pool_bits(corner: vec3u) -> u32 {
  return corner.x | (corner.y << 9u) | (corner.z << 18u);
}

fn pool_corner(word: u32) -> vec3u {
  return BRICK * vec3u(word & 511u, (word >> 9u) & 511u, (word >> 18u) & 511u);
}
