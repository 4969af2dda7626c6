// Experiment: weights anchored per pixel at the first dense voxel; behind it they halve with every voxel of depth.

const DENSE = 0.5;

struct Sums {
  @location(0) color: vec4f,
  @location(1) covered: f32,
}

@fragment
fn accumulate(face: Face) -> Sums {
  let ray = pixel_ray(face.position.xy);
  var walk = enter(ray);
  var through = 1.0;
  while (through == 1.0 && next_hit(ray, &walk)) {
    let alpha = voxel_alpha(alpha_of(walk.word) * frame.opacity);
    through = select(1.0, 1.0 - alpha, alpha >= DENSE);
  }
  let behind = dot(vec3f(face.cell - walk.hit), normalize(ray.direction));
  let weight = select(1.0, max(1e-4, through * exp2(-behind)), through < 1.0 && behind > 0.0);
  return Sums(face.color.a * weight * vec4f(face.color.rgb, 1.0), face.color.a);
}
