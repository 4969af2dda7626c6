// Grid traversal (Amanatides and Woo 1987) that passes over the empty space around an empty voxel in one step.
// Wants `view` and `voxels` to be bound, and the grid's planes (regular.wgsl).

const FAR = 1e30;
const AT_EYE = 1e-5;  // less than this from the eye, as t, is a matter of rounding

override SKIP: bool = true;  // pass over empty space; otherwise look at every voxel

// In grid units: at `start` when t = 0.
struct Ray {
  start: vec3f,
  direction: vec3f,
  inverse: vec3f,  // 1 / direction
  step: vec3i,     // signs of the direction
  eye: vec2f,      // the part of it before the eye, as t
}

fn ray_along(start: vec3f, along: vec3f, eye: vec2f) -> Ray {
  // A ray along an axis still has to leave its cells: as steep as f32 can tell from parallel.
  let direction = select(along, vec3f(1e-12), abs(along) < vec3f(1e-12));
  return Ray(start, direction, 1.0 / direction, select(vec3i(-1), vec3i(1), direction > vec3f(0.0)), eye);
}

// Through a pixel position, away from the eye; t = 0 in the plane through the box's centre.
fn pixel_ray(pixel: vec2f) -> Ray {
  let start = view.window + pixel.x * view.window_x + pixel.y * view.window_y;
  return ray_along(start, -towards_eye(view, start), vec2f(select(-FAR, -1.0, view.eye.w == 1.0), FAR));
}

// The same, towards the eye.
fn returning(ray: Ray) -> Ray {
  return ray_along(ray.start, -ray.direction, -ray.eye.yx);
}

// When the ray enters (x) and leaves (y) the box between two corners.
fn span(ray: Ray, low: vec3f, high: vec3f) -> vec2f {
  let a = (low - ray.start) * ray.inverse;
  let b = (high - ray.start) * ray.inverse;
  let near = min(a, b);
  let far = max(a, b);
  return vec2f(max(near.x, max(near.y, near.z)), min(far.x, min(far.y, far.z)));
}

// Whether and when the ray passes through the voxel that is drawn in `cell`, smaller where voxels are exploded.
fn voxel_span(ray: Ray, cell: vec3i) -> vec2f {
  let low = planes(cell);
  let high = planes(cell + 1);
  let gap = (0.5 - 0.5 * view.side) * (high - low);
  return span(ray, low + gap, high - gap);
}

fn is_inside(cell: vec3i) -> bool {
  return all(cell >= vec3i(0)) && all(cell < vec3i(view.dims));
}

fn word_at(cell: vec3i) -> u32 {
  return voxels[offset(vec3u(cell), view.dims)];
}

// A cell on the ray, and when the ray enters it.
struct Place {
  cell: vec3i,
  t: f32,
}

// The axis along which the ray first leaves the cube of cells from `low` to `low + size`, and when.
struct Exit {
  axis: vec3<bool>,
  t: f32,
}

fn exit_of(ray: Ray, low: vec3i, size: i32) -> Exit {
  let corner = planes(low + select(vec3i(0), vec3i(size), ray.step > vec3i(0)));
  let t = (corner - ray.start) * ray.inverse;
  let first = min(t.x, min(t.y, t.z));
  let x = t.x == first;
  let y = !x && t.y == first;
  return Exit(vec3<bool>(x, y, !x && !y), first);
}

// The cell after the cube of cells that lie less than `radius` from `cell`.
fn leave(ray: Ray, cell: vec3i, radius: i32) -> Place {
  let low = cell - radius + 1;
  let size = 2 * radius - 1;
  let exit = exit_of(ray, low, size);
  if (radius == 1) {
    return Place(cell + select(vec3i(0), ray.step, exit.axis), exit.t);
  }
  let reached = clamp(vec3i(floor(ray.start + exit.t * ray.direction)), low, low + size - 1);
  return Place(select(reached, cell + radius * ray.step, exit.axis), exit.t);
}

// A ray on its way: the last voxel that it met, and where it goes on.
struct Walk {
  next: Place,
  hit: vec3i,
  word: u32,  // of the voxel that was hit
}

// The voxel that the eye is in is not drawn. Told by the cell: times would be a matter of rounding where the eye is on
// the border of two.
fn holds_eye(cell: vec3i) -> bool {
  return view.eye.w == 1.0 && holds(cell, view.eye.xyz);
}

// A pixel's ray where it comes into the grid, or at the eye where that is inside.
fn enter(ray: Ray) -> Walk {
  let dims = vec3i(view.dims);
  let bounds = span(ray, vec3f(0.0), vec3f(dims));
  let first = max(bounds.x, ray.eye.x);
  let point = select(view.eye.xyz, ray.start + first * ray.direction, bounds.x > ray.eye.x);
  let cell = clamp(cell_at(point), vec3i(0), dims - 1);
  return Walk(Place(select(vec3i(-1), cell, first < bounds.y), first), cell, 0u);
}

// Goes on to the next voxel that is filled and not behind the eye; false where there is none.
fn next_hit(ray: Ray, walk: ptr<function, Walk>) -> bool {
  loop {
    let at = (*walk).next;
    if (!is_inside(at.cell)) {
      return false;
    }
    let word = word_at(at.cell);
    if (!is_filled(word)) {
      let radius = select(1, i32(distance_of(word)), SKIP);
      (*walk).next = leave(ray, at.cell, radius);
      continue;
    }
    let next = leave(ray, at.cell, 1);
    *walk = Walk(next, at.cell, word);
    if (view.side < 1.0) {
      let hit = voxel_span(ray, at.cell);
      if (hit.x < hit.y && hit.x > ray.eye.x && hit.y < ray.eye.y) {
        return true;
      }
    } else if (next.t > ray.eye.x + AT_EYE && at.t < ray.eye.y - AT_EYE && !holds_eye(at.cell)) {
      return true;
    }
  }
}
