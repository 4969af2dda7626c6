// Requires common, voxel, brick, frame, ray, paged-grid, and a function `note(page: u32, is_seen: bool)`. Defines Walk, enter, next_hit.
// Traversal of a grid of several levels. The space is divided into regions: pages of the level that a pixel can show
// there. In each region a ray walks through the finest page that is resident, as in traverse.wgsl: voxel by voxel in
// occupied bricks, and in one step over a cube of empty ones. `note` is called with the page of each region, and whether
// there is anything to see as far as is known, and with the page that stands in for it.

// State of a traversal: where the ray is, the page that it is in, and the last voxel hit. What the loop over cells needs
// of a level is here, as arrays are slow to read.
struct Walk {
  t: f32,
  last: f32,        // t at which the ray leaves the crop
  entered: f32,     // t at which it entered the region
  nudge: f32,       // a step in t that is longer than rounding errors
  until: f32,       // t at which the ray leaves the region or the crop
  is_in_page: bool,
  is_constant: bool,
  constant: u32,    // code of a constant page
  level: u32,
  low: vec3i,       // cells of the page
  high: vec3i,
  texel: vec3i,     // offset from cells to the pool
  next: vec3i,      // cell at t
  start: vec3f,     // the ray in cells of the level
  along: vec3f,
  inverse: vec3f,
  clip: vec4f,      // the clip plane in cells of the level
  hit: vec3i,       // see voxel_of
  word: u32,        // word of the voxel that was hit
}

// Starts where a pixel's ray enters the crop, or at the eye if the eye is inside.
fn enter(ray: Ray) -> Walk {
  let bounds = span(ray, vec3f(field.low), vec3f(field.high));
  let speed = abs(ray.direction);
  let size = f32(max(frame.dims.x, max(frame.dims.y, frame.dims.z)));
  var walk: Walk;
  walk.t = max(bounds.x, ray.eye.x);
  walk.last = bounds.y;
  walk.entered = -FAR;
  walk.nudge = (1e-3 + 5e-7 * size) / max(speed.x, max(speed.y, speed.z));
  walk.hit = vec3i(-1);
  return walk;
}

// The level that a pixel can show at a point, and the page of that level: the finest level whose voxels are at least as
// wide as a pixel at the point of the page's parent that is nearest to the eye. A function of the position alone, so
// that all rays agree.
fn wanted_level(point: vec3f) -> u32 {
  var level = view.coarsest;
  while (level > 0u) {
    let size = view.levels[level].scale * f32(PAGE);
    let low = view.levels[level].origin + floor((point - view.levels[level].origin) / size) * size;
    let middle = dot(view.depth.xyz, low + 0.5 * size) + view.depth.w;
    let near = middle - 0.5 * dot(abs(view.depth.xyz), size);
    let pixel = view.pixel * select(1.0, max(1.0 + near, 0.0), view.perspective == 1u);
    if (view.levels[level - 1u].side < pixel) {
      break;
    }
    level--;
  }
  return level;
}

// Enters the region at t, or passes it if there is nothing to see.
fn enter_region(ray: Ray, walk: ptr<function, Walk>) {
  // Where a ray is nearly parallel to the border of a region, rounding could keep it there.
  if ((*walk).t <= (*walk).entered + 2.0 * (*walk).nudge) {
    (*walk).nudge *= 2.0;
  }
  (*walk).entered = (*walk).t;
  let point = ray.start + ((*walk).t + (*walk).nudge) * ray.direction;
  let wanted = wanted_level(point);
  let size = view.levels[wanted].scale * f32(PAGE);
  let number = floor((point - view.levels[wanted].origin) / size);
  let corner = view.levels[wanted].origin + (number + select(vec3f(0.0), vec3f(1.0), ray.step > vec3i(0))) * size;
  let exits = (corner - ray.start) * ray.inverse;
  let exit = max(min(exits.x, min(exits.y, exits.z)), (*walk).t + (*walk).nudge);
  (*walk).until = min(exit, (*walk).last);
  var first = 0u;
  for (var level = wanted; level <= view.coarsest; level++) {
    let scale = view.levels[level].scale;
    let start = (ray.start - view.levels[level].origin) / scale;
    let cell = vec3i(floor((point - view.levels[level].origin) / scale));
    let dims = vec3i(view.levels[level].dims);
    if (any(cell < vec3i(0)) || any(cell >= dims)) {
      // Levels may differ in size by less than a voxel. Where this one has none, nothing stands in.
      let origin = view.levels[level].origin;
      let inside = span(ray, origin, origin + vec3f(dims) * scale);
      if (inside.x > (*walk).t + (*walk).nudge) {
        (*walk).until = min((*walk).until, inside.x);
      }
      if (level > wanted) {
        note(first, true);
      }
      break;
    }
    let page = vec3u(cell) / PAGE;
    let number = page_number(level, page);
    let word = pages[number];
    if (level == wanted) {
      first = number;
    }
    if (word == 0u) {
      continue;
    }
    let is_empty = (word & EMPTY_PAGE) != 0u
      || ((word & CONSTANT) != 0u && !is_filled(stored_word(constants[word & 0xffffffu])));
    note(first, !is_empty);
    if (number != first) {
      note(number, false);
    }
    if (is_empty) {
      break;
    }
    let low = vec3i(PAGE * page);
    let origin = view.levels[level].origin;
    (*walk).is_in_page = true;
    (*walk).is_constant = (word & CONSTANT) != 0u;
    if ((*walk).is_constant) {
      (*walk).constant = constants[word & 0xffffffu];
    }
    (*walk).level = level;
    (*walk).low = low;
    (*walk).high = min(low + vec3i(i32(PAGE)), dims);
    (*walk).texel = vec3i(page_corner(word)) - low;
    (*walk).next = cell;
    (*walk).start = start;
    (*walk).along = ray.direction / scale;
    (*walk).inverse = ray.inverse * scale;
    (*walk).clip = vec4f(field.clip.xyz * scale, field.clip.w + dot(field.clip.xyz, origin));
    return;
  }
  (*walk).t = (*walk).until;
}

// The range of t in which the ray passes through the voxel drawn in a cell, which is smaller in exploded grids.
fn drawn_span(ray: Ray, level: u32, cell: vec3i) -> vec2f {
  let size = view.levels[level].scale;
  let gap = (0.5 - 0.5 * frame.side) * size;
  let low = corner_of(level, cell);
  return span(ray, low + gap, low + size - gap);
}

// Advances within the page to the next filled voxel that is not behind the eye. Returns false if there is none.
fn next_in_page(ray: Ray, walk: ptr<function, Walk>) -> bool {
  let start = (*walk).start;
  let along = (*walk).along;
  let inverse = (*walk).inverse;
  let low = (*walk).low;
  let high = (*walk).high;
  let until = (*walk).until;
  let clip = (*walk).clip;
  let to_texel = (*walk).texel;
  let ahead = select(vec3i(0), vec3i(1), ray.step > vec3i(0));
  let side = i32(BRICK);
  var t = (*walk).t;
  var cell = (*walk).next;
  while (t < until && all(cell >= low) && all(cell < high)) {
    let texel = vec3u(cell + to_texel);
    var brick = OCCUPIED;
    if (!(*walk).is_constant) {
      brick = brick_of(texel);
    }
    if (SKIP && !is_occupied(brick)) {
      let radius = i32(brick);
      let size = (2 * radius - 1) * side;
      let corner = (cell / side - (radius - 1)) * side;
      let exits = (vec3f(corner + ahead * size) - start) * inverse;
      t = max(t, min(exits.x, min(exits.y, exits.z)));
      let is_x = exits.x <= t;
      let is_y = !is_x && exits.y <= t;
      let axis = vec3<bool>(is_x, is_y, !is_x && !is_y);
      // Never back, despite rounding: two planes met at once could send the ray back and forth between them.
      let nearest = select(corner, cell, ray.step > vec3i(0));
      let farthest = select(cell, corner + size - 1, ray.step > vec3i(0));
      let reached = clamp(vec3i(floor(start + t * along)), nearest, farthest);
      cell = select(reached, select(corner - 1, corner + size, ray.step > vec3i(0)), axis);
      continue;
    }
    var code = (*walk).constant;
    if (!(*walk).is_constant) {
      code = textureLoad(pool, texel, 0).r;
    }
    let word = stored_word(code);
    let entry = t;
    let here = cell;
    let exits = (vec3f(cell + ahead) - start) * inverse;
    t = max(t, min(exits.x, min(exits.y, exits.z)));
    let is_x = exits.x <= t;
    let is_y = !is_x && exits.y <= t;
    cell += select(vec3i(0), ray.step, vec3<bool>(is_x, is_y, !is_x && !is_y));
    if (!is_filled(word) || dot(clip.xyz, vec3f(here) + 0.5) + clip.w <= field.clip_margin) {
      continue;
    }
    let voxel = voxel_of((*walk).level, here);
    // A cell may reach over the border of a region, and is hit once. The ray is in the eye's cell first, which is not
    // drawn.
    if (all(voxel == (*walk).hit) || entry < ray.eye.x + AT_EYE || entry > ray.eye.y - AT_EYE) {
      continue;
    }
    if (frame.side < 1.0) {
      let drawn = drawn_span(ray, (*walk).level, here);
      if (drawn.x >= drawn.y || drawn.x <= ray.eye.x || drawn.y >= ray.eye.y) {
        continue;
      }
    }
    (*walk).hit = voxel;
    (*walk).word = word;
    (*walk).t = t;
    (*walk).next = cell;
    return true;
  }
  (*walk).t = max(min(t, until), (*walk).entered + (*walk).nudge);
  (*walk).is_in_page = false;
  return false;
}

// Advances to the next filled voxel that is not behind the eye. Returns false if there is none.
fn next_hit(ray: Ray, walk: ptr<function, Walk>) -> bool {
  while ((*walk).t < (*walk).last) {
    if ((*walk).is_in_page) {
      if (next_in_page(ray, walk)) {
        return true;
      }
    } else {
      enter_region(ray, walk);
    }
  }
  return false;
}
