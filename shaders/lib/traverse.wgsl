// Requires common, voxel, brick, frame, ray and a grid (stored-grid or explicit-grid). Defines Walk, enter, next_hit and
// their helpers.
// Two-level grid traversal (Amanatides and Woo 1987; Museth's hierarchical DDA, 2014): voxel by voxel through occupied
// bricks, and in one step over a cube of empty bricks.

// The t at which the ray meets the entry planes of a cell. It enters the cell at the last of them.
fn entry_times(ray: Ray, cell: vec3i) -> vec3f {
  return (planes(cell + select(vec3i(1), vec3i(0), ray.step > vec3i(0))) - ray.start) * ray.inverse;
}

// The t at which the ray leaves a cell, if it passes through it.
fn cell_exit(ray: Ray, cell: vec3i) -> f32 {
  return exit_of(ray, cell, 1).t;
}

// The range of t in which the ray passes through the voxel drawn in `cell`, which is smaller than the cell in exploded
// grids.
fn voxel_span(ray: Ray, cell: vec3i) -> vec2f {
  let low = planes(cell);
  let high = planes(cell + 1);
  let gap = (0.5 - 0.5 * frame.side) * (high - low);
  return span(ray, low + gap, high - gap);
}

fn is_inside(cell: vec3i) -> bool {
  return all(cell >= grid_low()) && all(cell < grid_high());
}

// A cell on the ray, and the t at which the ray enters it.
struct Step {
  cell: vec3i,
  t: f32,
}

// The axis along which the ray first leaves the cells from `low` to `low + size`, and the t of that.
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

// The step out of one cell.
fn leave(ray: Ray, cell: vec3i) -> Step {
  let exit = exit_of(ray, cell, 1);
  return Step(cell + select(vec3i(0), ray.step, exit.axis), exit.t);
}

// The step out of the bricks within `radius` (exclusive) of the brick of `cell`.
fn leave_bricks(ray: Ray, cell: vec3i, radius: i32) -> Step {
  let brick = i32(BRICK);
  let low = (cell / brick - (radius - 1)) * brick;
  let size = (2 * radius - 1) * brick;
  let exit = exit_of(ray, low, size);
  // Never back, despite rounding: two planes met at once could send the ray back and forth between them.
  let nearest = select(low, cell, ray.step > vec3i(0));
  let farthest = select(cell, low + size - 1, ray.step > vec3i(0));
  let reached = clamp(cell_at(ray.start + exit.t * ray.direction), nearest, farthest);
  return Step(select(reached, select(low - 1, low + size, ray.step > vec3i(0)), exit.axis), exit.t);
}

// State of a traversal: the next cell, and the last voxel hit.
struct Walk {
  next: Step,
  hit: vec3i,
  word: u32,  // word of the voxel that was hit
  t: f32,     // t at which the ray entered its cell
}

// Cell of the eye: its voxel is not drawn. Tested by cell, not by t, as t would be subject to rounding when the eye is
// on the border of two cells.
fn holds_eye(cell: vec3i) -> bool {
  return frame.eye.w == 1.0 && holds(cell, frame.eye.xyz);
}

// Starts where a pixel's ray enters the grid, or at the eye if the eye is inside.
fn enter(ray: Ray) -> Walk {
  let bounds = span(ray, planes(grid_low()), planes(grid_high()));
  let first = max(bounds.x, ray.eye.x);
  let point = select(frame.eye.xyz, ray.start + first * ray.direction, bounds.x > ray.eye.x);
  let cell = clamp(cell_at(point), grid_low(), grid_high() - 1);
  return Walk(Step(select(grid_low() - 1, cell, first < bounds.y), first), cell, 0u, first);
}

// Advances to the next filled voxel that is not behind the eye. Returns false if there is none.
fn next_hit(ray: Ray, walk: ptr<function, Walk>) -> bool {
  loop {
    let at = (*walk).next;
    if (!is_inside(at.cell)) {
      return false;
    }
    let brick = brick_at(at.cell);
    if (!is_occupied(brick)) {
      if (SKIP) {
        (*walk).next = leave_bricks(ray, at.cell, i32(brick));
      } else {
        (*walk).next = leave(ray, at.cell);
      }
      continue;
    }
    let word = word_at(at.cell, brick);
    let next = leave(ray, at.cell);
    if (!is_filled(word)) {
      (*walk).next = next;
      continue;
    }
    *walk = Walk(next, at.cell, word, at.t);
    if (frame.side < 1.0) {
      let hit = voxel_span(ray, at.cell);
      if (hit.x < hit.y && hit.x > ray.eye.x && hit.y < ray.eye.y) {
        return true;
      }
    } else if (next.t > ray.eye.x + AT_EYE && at.t < ray.eye.y - AT_EYE && !holds_eye(at.cell)) {
      return true;
    }
  }
}
