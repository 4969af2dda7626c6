// Requires nothing. Defines line_cover.

// How much of a pixel is covered by a line whose middle is `far` pixels away and that extends `reach` pixels to each
// side.
fn line_cover(far: f32, reach: f32) -> f32 {
  return max(0.0, min(far + 0.5, reach) - max(far - 0.5, -reach));
}
