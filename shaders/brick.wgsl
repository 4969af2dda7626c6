// Bricks: cubes of BRICK^3 voxels, so that empty space is passed over in large steps.

const BRICK = 8i;

fn brick_dims(dims: vec3u) -> vec3u {
  return (dims + u32(BRICK) - 1u) / u32(BRICK);
}
