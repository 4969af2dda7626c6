// The marks: a bit a voxel, 32 voxels of a row of x to a word, rows padded to whole words.

fn mark_words(dims: vec3u) -> u32 {
  return (dims.x + 31u) / 32u;
}
