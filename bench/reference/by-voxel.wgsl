// Experiment: one weight per voxel, its transmittance towards the eye from its centre.

struct Sums {
  @location(0) color: vec4f,
  @location(1) covered: f32,
}

@fragment
fn accumulate(face: Face) -> Sums {
  let centre = vec3f(face.cell) + 0.5;
  let ray = ray_along(centre, towards_eye(frame, centre), vec2f(-FAR, select(FAR, 1.0, frame.eye.w == 1.0)));
  var walk = Walk(leave(ray, face.cell), face.cell, 0u, 0.0);
  var weight = 1.0;
  while (weight >= 1e-4 && next_hit(ray, &walk)) {
    weight *= 1.0 - voxel_alpha(alpha_of(walk.word) * frame.opacity);
  }
  weight = max(weight, 1e-4);
  return Sums(face.color.a * weight * vec4f(face.color.rgb, 1.0), face.color.a);
}
