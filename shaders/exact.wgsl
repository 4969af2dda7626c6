// blend="exact": each pixel's voxels composited front to back in the order of its ray, which ends where
// nothing more can be seen.

// What is left of the light when a ray ends: a quarter of a step of an 8-bit pixel.
const SPENT = 1.0 / 1024.0;

override STOP: bool = true;  // end a ray there

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read> palette: array<u32>;

@fragment
fn exact(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let ray = pixel_ray(position.xy);
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
