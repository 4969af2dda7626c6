// Requires field. Defines row_of: the codes of four voxels along x, from the pool.

fn row_of(cell: vec3u) -> vec4u {
  let texel = texel_of(cell);
  return vec4u(
    textureLoad(pool, texel, 0).r,
    textureLoad(pool, texel + vec3u(1u, 0u, 0u), 0).r,
    textureLoad(pool, texel + vec3u(2u, 0u, 0u), 0).r,
    textureLoad(pool, texel + vec3u(3u, 0u, 0u), 0).r,
  );
}
