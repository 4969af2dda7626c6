// blend="exact": each pixel's voxels composited front to back in the order of its ray, which ends where
// nothing more can be seen.

// What is left of the light when a ray ends: a quarter of a step of an 8-bit pixel.
const SPENT = 1.0 / 1024.0;

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read> bricks: array<u32>;
@group(0) @binding(3) var<storage, read> palette: array<u32>;

fn trace(ray: Ray) -> vec4f {
  let dims = vec3i(view.dims);
  let bounds = span(ray, vec3f(0.0), vec3f(dims));
  let first = max(bounds.x, eye_t());
  if (first >= bounds.y) {
    return view.background;
  }
  var color = vec3f(0.0);
  var left = 1.0;
  var at = Place(clamp(vec3i(floor(ray.start + first * ray.direction)), vec3i(0), dims - 1), first);
  loop {
    at = after_empty(ray, at);
    if (!is_inside(at.cell)) {
      break;
    }
    let next = next_cell(ray, at.cell);
    let word = word_at(at.cell);
    if (is_filled(word)) {
      var hit = vec2f(at.t, next.t);
      if (view.side < 1.0) {
        hit = voxel_span(ray, at.cell);
      }
      // The voxel that the eye is in is not drawn.
      if (hit.x < hit.y && hit.x > eye_t()) {
        let alpha = voxel_alpha(alpha_of(word) * view.opacity);
        color += left * alpha * unpack4x8unorm(palette[color_of(word)]).rgb;
        left *= 1.0 - alpha;
        if (left < SPENT) {
          break;
        }
      }
    }
    at = next;
  }
  return vec4f(color, 1.0 - left) + left * view.background;
}

@fragment
fn exact(@builtin(position) position: vec4f) -> @location(0) vec4f {
  return trace(pixel_ray(position.xy));
}
