// A pixel's voxels composited front to back in the order of its ray, which ends where nothing more can be seen.
// Wants what the grid's colours want (regular_color.wgsl).

// What is left of the light when a ray ends: a quarter of a step of an 8-bit pixel.
const SPENT = 1.0 / 1024.0;

override STOP: bool = true;  // end a ray there

fn front_to_back(pixel: vec2f) -> vec4f {
  let ray = pixel_ray(pixel);
  var walk = enter(ray);
  var color = vec3f(0.0);
  var left = 1.0;
  while ((left >= SPENT || !STOP) && next_hit(ray, &walk)) {
    let voxel = light(ray, walk.hit, walk.word);
    color += left * voxel.rgb;
    left *= 1.0 - voxel.a;
  }
  return vec4f(color, 1.0 - left) + left * view.background;
}
