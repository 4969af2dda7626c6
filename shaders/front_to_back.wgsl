// A pixel's voxels composited front to back in the order of its ray, which ends where nothing more can be seen.
// Wants `view`, `voxels` and `palette` to be bound.

// What is left of the light when a ray ends: a quarter of a step of an 8-bit pixel.
const SPENT = 1.0 / 1024.0;

override STOP: bool = true;  // end a ray there

fn front_to_back(pixel: vec2f) -> vec4f {
  let ray = pixel_ray(pixel);
  var walk = enter(ray);
  var color = vec3f(0.0);
  var left = 1.0;
  while ((left >= SPENT || !STOP) && next_hit(ray, &walk)) {
    let alpha = voxel_alpha(alpha_of(walk.word) * view.opacity);
    color += left * alpha * unpack4x8unorm(palette[color_of(walk.word)]).rgb;
    left *= 1.0 - alpha;
  }
  return vec4f(color, 1.0 - left) + left * view.background;
}
