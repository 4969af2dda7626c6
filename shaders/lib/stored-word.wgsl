// Requires field, and a binding `table` (one voxel word per code, unused for codes of 4 bytes). Defines stored_word.

fn stored_word(code: u32) -> u32 {
  if (BYTES == 4u) {
    return word_of(transformed(code));
  }
  return table[code];
}
