// Requires nothing. Defines voxel_word, is_filled, alpha_of, color_of, voxel_alpha, HIDDEN.
// A voxel word, the form that drawing passes use: alpha (before opacity) in the low 16 bits, palette index in the high
// 16 bits. A voxel is filled if its alpha is not 0.

// Contributions below this cannot change an 8-bit pixel.
const HIDDEN = 1.0 / 512.0;
const ALPHA_MAX = 0xffffu;

fn voxel_word(color: u32, alpha: f32) -> u32 {
  let a = select(0u, max(1u, u32(alpha * f32(ALPHA_MAX) + 0.5)), alpha > 0.0);
  return (color << 16u) | min(a, ALPHA_MAX);
}

fn is_filled(word: u32) -> bool {
  return (word & ALPHA_MAX) != 0u;
}

fn alpha_of(word: u32) -> f32 {
  return f32(word & ALPHA_MAX) / f32(ALPHA_MAX);
}

fn color_of(word: u32) -> u32 {
  return word >> 16u;
}

// Combined alpha of an entry and an exit face with nothing between them: 1 - (1 - a)^2.
fn voxel_alpha(alpha: f32) -> f32 {
  return alpha * (2.0 - alpha);
}
