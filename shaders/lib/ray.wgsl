// Requires frame. Defines FAR, AT_EYE, SKIP, Ray, ray_along, pixel_ray, span, Passage, passage.
// Rays through pixels, and where they meet boxes.

const FAR = 1e30;
const AT_EYE = 1e-5;  // differences in t below this are rounding errors

override SKIP: bool = true;  // skip empty space; otherwise visit every voxel

// A ray in grid units, at `start` when t = 0.
struct Ray {
  start: vec3f,
  direction: vec3f,
  inverse: vec3f,  // 1 / direction
  step: vec3i,     // signs of the direction
  eye: vec2f,      // the range of t in front of the eye
}

fn ray_along(start: vec3f, along: vec3f, eye: vec2f) -> Ray {
  // A ray along an axis still has to leave its cells, so no component may be 0. This one is parallel within f32
  // precision.
  let direction = select(along, vec3f(1e-12), abs(along) < vec3f(1e-12));
  return Ray(start, direction, 1.0 / direction, select(vec3i(-1), vec3i(1), direction > vec3f(0.0)), eye);
}

// The ray through a pixel position, away from the eye. t = 0 in the plane through the camera's target.
fn pixel_ray(pixel: vec2f) -> Ray {
  let start = frame.window + pixel.x * frame.window_x + pixel.y * frame.window_y;
  return ray_along(start, -towards_eye(frame, start), vec2f(select(-FAR, -1.0, frame.eye.w == 1.0), FAR));
}

// The t at which the ray enters (x) and leaves (y) the box between two corners.
fn span(ray: Ray, low: vec3f, high: vec3f) -> vec2f {
  let a = (low - ray.start) * ray.inverse;
  let b = (high - ray.start) * ray.inverse;
  let near = min(a, b);
  let far = max(a, b);
  return vec2f(max(near.x, max(near.y, near.z)), min(far.x, min(far.y, far.z)));
}

// The sides through which a ray enters and leaves the box between two corners.
struct Passage {
  entry: u32,
  exit: u32,
  first: f32,  // t of the entry
  last: f32,
}

fn passage(ray: Ray, low: vec3f, high: vec3f) -> Passage {
  let a = (low - ray.start) * ray.inverse;
  let b = (high - ray.start) * ray.inverse;
  let near = min(a, b);
  let far = max(a, b);
  let first = max(near.x, max(near.y, near.z));
  let last = min(far.x, min(far.y, far.z));
  let entry = select(select(2u, 1u, near.y == first), 0u, near.x == first);
  let exit = select(select(2u, 1u, far.y == last), 0u, far.x == last);
  return Passage(entry, exit, first, last);
}
