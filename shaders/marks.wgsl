// The marks: a bit a face, for each axis 32 voxels of a row along x to a word, rows padded to whole words.

fn mark_words(dims: vec3u) -> u32 {
  return (dims.x + 31u) / 32u;
}

fn mark_row(axis: u32, yz: vec2u, dims: vec3u) -> u32 {
  return (axis * dims.z + yz.y) * dims.y + yz.x;
}

// What a picture's weights will cost, in voxels looked through: counted in units, for 32 bits to hold it.
const WORK_UNIT = 16384u;
