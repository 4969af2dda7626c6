// The article's transform of normalized values, up to the step whose mean the rest of it needs.

fn powered(value: f32, floor_level: f32, gamma: f32) -> f32 {
  let x = saturate(value - floor_level);
  return select(pow(x, gamma), 0.0, x == 0.0);
}
