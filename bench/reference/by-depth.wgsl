// Experiment: the published weights (McGuire and Bavoil 2013, equation 9) for the visible faces only.

struct Sums {
  @location(0) color: vec4f,
  @location(1) covered: f32,
}

@fragment
fn accumulate(face: Face) -> Sums {
  let depth = (1.0 / face.position.w - 9.0) * 150.0;
  let weight = face.color.a * clamp(0.03 / (1e-5 + pow(abs(depth) / 200.0, 4.0)), 1e-2, 3e3);
  return Sums(face.color.a * weight * vec4f(face.color.rgb, 1.0), face.color.a);
}
