// Requires stored, brick, and a binding `ranges: array<u32>`. Defines range_of.

// The least and greatest key of a brick: two words for keys of 4 bytes, otherwise the two halves of one word. If all
// values are missing, the least is greater than the greatest.
fn range_of(brick: u32) -> vec2u {
  if (BYTES == 4u) {
    return vec2u(ranges[2u * brick], ranges[2u * brick + 1u]);
  }
  return vec2u(ranges[brick] & 0xffffu, ranges[brick] >> 16u);
}
