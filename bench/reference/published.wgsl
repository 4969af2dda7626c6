// Requires published-faces. The weights published for weighted-blended transparency (McGuire and Bavoil 2013, equation 9).

struct Sums {
  @location(0) color: vec4f,
  @location(1) covered: f32,
}

@fragment
fn accumulate(face: Face) -> Sums {
  let weight = face.color.a * clamp(0.03 / (1e-5 + pow(abs(face.depth) / 200.0, 4.0)), 1e-2, 3e3);
  return Sums(face.color.a * weight * vec4f(face.color.rgb, 1.0), face.color.a);
}
