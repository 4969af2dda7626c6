// Requires field, and a binding `filled_below` (see filled-keys.wgsl, unused for codes of 4 bytes). Defines may_be_filled.

// Ranges of keys may be filled if any key maps to alpha above 0. For wide keys, alpha never decreases away from 0 or from
// the least value, so its maximum is at an end of the range.
fn may_be_filled(range: vec2u) -> bool {
  if (range.x > range.y) {
    return false;
  }
  if (BYTES == 4u) {
    return is_filled(word_of(transformed_key(range.x))) || is_filled(word_of(transformed_key(range.y)));
  }
  return filled_below[range.y + 1u] > filled_below[range.x];
}
