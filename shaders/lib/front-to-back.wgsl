// Requires traverse. Defines front_to_back.

// Remaining light at which a ray ends: a quarter of a step of an 8-bit pixel.
const SPENT = 1.0 / 1024.0;

override STOP: bool = true;  // whether rays end at SPENT

// Composites a pixel's voxels in the order of its ray, over the background.
fn front_to_back(pixel: vec2f) -> vec4f {
  let ray = pixel_ray(pixel);
  var walk = enter(ray);
  var color = vec3f(0.0);
  var left = 1.0;
  while ((left >= SPENT || !STOP) && next_hit(ray, &walk)) {
    let light = voxel_light(ray, walk.hit, walk.word);
    color += left * light.rgb;
    left *= 1.0 - light.a;
  }
  return vec4f(color, 1.0 - left) + left * frame.background;
}
