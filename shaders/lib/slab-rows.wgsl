// Requires field, and Params with first_z. Defines row_of: the codes of four voxels along x, from a slab of slices in
// the file's layout. Faster than reading the pool.

@group(0) @binding(3) var<storage, read> slab: array<u32>;

fn row_of(cell: vec3u) -> vec4u {
  let voxel = ((cell.z - params.first_z) * field.dims.y + cell.y) * field.dims.x + cell.x;
  if (BYTES == 1u) {
    let word = voxel / 4u;
    let shift = 8u * (voxel % 4u);
    var bytes = slab[word];
    if (shift > 0u) {
      bytes = (bytes >> shift) | (slab[word + 1u] << (32u - shift));
    }
    return (vec4u(bytes) >> vec4u(0u, 8u, 16u, 24u)) & vec4u(0xffu);
  }
  if (BYTES == 2u) {
    let word = voxel / 2u;
    let first = slab[word];
    let second = slab[word + 1u];
    if (voxel % 2u == 0u) {
      return vec4u(first & 0xffffu, first >> 16u, second & 0xffffu, second >> 16u);
    }
    return vec4u(first >> 16u, second & 0xffffu, second >> 16u, slab[word + 2u] & 0xffffu);
  }
  return vec4u(slab[voxel], slab[voxel + 1u], slab[voxel + 2u], slab[voxel + 3u]);
}
