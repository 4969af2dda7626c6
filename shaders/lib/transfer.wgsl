// Requires common. Defines normalized, signed_part, powered.
// The arithmetic of normalization and of the article's transform, up to the power step. The rest of the transform needs
// the mean of that step.

// (v - least) / (most - least). Halving keeps the differences finite over the whole range of f32.
fn normalized(value: f32, least: f32, most: f32) -> f32 {
  let range = 0.5 * most - 0.5 * least;
  if (!(range > 0.0)) {
    return 0.0;
  }
  return saturate((0.5 * value - 0.5 * least) / range);
}

// From -1 at `least` through 0 at `zero` to 1 at `most`; 0 on an empty side.
fn signed_part(value: f32, least: f32, zero: f32, most: f32) -> f32 {
  if (value >= zero) {
    return normalized(value, zero, most);
  }
  return select(0.0, normalized(value, least, zero) - 1.0, least < zero);
}

fn powered(value: f32, floor_level: f32, gamma: f32) -> f32 {
  let x = saturate(value - floor_level);
  return select(pow(x, gamma), 0.0, x == 0.0);
}
