// Requires common, voxel, brick, frame, shade, traverse, line. Defines the same as stored-grid.wgsl, for explicit
// voxels:
// a grid with its own colours, planes and edges, which may omit hidden faces.

struct Cells {
  dims: vec3u,
  is_even: u32,  // 1: planes are at whole numbers
}

@group(1) @binding(0) var<uniform> cells: Cells;
// The voxel words of all cells, then their colours (rgba8unorm), then the planes of each axis in grid units (one more
// than there are cells).
@group(1) @binding(1) var<storage, read> voxels: array<u32>;
@group(2) @binding(0) var<uniform> frame: Frame;
@group(2) @binding(1) var<storage, read> bricks: array<u32>;

fn grid_low() -> vec3i {
  return vec3i(0);
}

fn grid_high() -> vec3i {
  return vec3i(cells.dims);
}

fn brick_at(cell: vec3i) -> u32 {
  return bricks[offset(vec3u(cell) / BRICK, bricks_of(cells.dims))];
}

fn word_at(cell: vec3i, brick: u32) -> u32 {
  return voxels[offset(vec3u(cell), cells.dims)];
}

fn plane(axis: u32, i: i32) -> f32 {
  let dims = cells.dims;
  let starts = vec3u(0u, dims.x + 1u, dims.x + dims.y + 2u);
  // A step over bricks may end outside the grid.
  let at = u32(clamp(i, 0, i32(dims[axis])));
  return bitcast<f32>(voxels[2u * dims.x * dims.y * dims.z + starts[axis] + at]);
}

fn planes(cell: vec3i) -> vec3f {
  if (cells.is_even == 1u) {
    return vec3f(cell);
  }
  return vec3f(plane(0u, cell.x), plane(1u, cell.y), plane(2u, cell.z));
}

fn cell_at(point: vec3f) -> vec3i {
  if (cells.is_even == 1u) {
    return vec3i(floor(point));
  }
  return vec3i(slab_at(0u, point.x), slab_at(1u, point.y), slab_at(2u, point.z));
}

// The last cell of an axis that starts at or before `x`.
fn slab_at(axis: u32, x: f32) -> i32 {
  var low = 0;
  var high = i32(cells.dims[axis]);
  while (low < high) {
    let middle = (low + high + 1) / 2;
    if (plane(axis, middle) <= x) {
      low = middle;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

fn holds(cell: vec3i, point: vec3f) -> bool {
  return all(planes(cell) <= point) && all(point < planes(cell + 1));
}

// The voxel drawn in a cell. It can be smaller than the cell.
struct Cuboid {
  cell: vec3i,
  low: vec3f,
  high: vec3f,
}

// A side of a voxel: the high or the low one along an axis.
struct Side {
  axis: u32,
  high: bool,
}

fn faces_eye(cuboid: Cuboid, side: Side) -> bool {
  if (side.high) {
    return towards_eye(frame, cuboid.high)[side.axis] > 0.0;
  }
  return towards_eye(frame, cuboid.low)[side.axis] < 0.0;
}

fn has_neighbour(cell: vec3i, side: Side) -> bool {
  var beside = cell;
  beside[side.axis] += select(-1, 1, side.high);
  return is_inside(beside) && is_filled(word_at(beside, 0u));
}

// How much of a pixel the lines along a face's border cover, at the point where the ray meets the face after `t`. Two
// faces that meet draw half of the line each. At the outline there is only one face, which draws the whole line on its
// own side.
fn edge_cover(ray: Ray, cuboid: Cuboid, side: Side, t: f32) -> f32 {
  let axis = side.axis;
  let point = ray.start + t * ray.direction;
  let along = ray.direction / ray.direction[axis];
  // How far the point moves on the face from one pixel to the next.
  let magnified = towards_eye(frame, point)[axis] / towards_eye(frame, ray.start)[axis];
  let right = frame.window_x - frame.window_x[axis] * along;
  let down = frame.window_y - frame.window_y[axis] * along;
  let facing = faces_eye(cuboid, side);
  var cover = 0.0;
  for (var i = 1u; i < 3u; i++) {
    let across = (axis + i) % 3u;
    let pixel = max(abs(magnified) * length(vec2f(right[across], down[across])), 1e-9);
    for (var high = 0; high < 2; high++) {
      let beyond = Side(across, high == 1);
      let border = select(cuboid.low[across], cuboid.high[across], beyond.high);
      let is_outline = faces_eye(cuboid, beyond) != facing
        && (frame.hide_inner == 0u || !has_neighbour(cuboid.cell, beyond));
      let reach = select(0.5, 1.0, is_outline) * frame.edge_width;
      cover = max(cover, line_cover(abs(point[across] - border) / pixel, reach));
    }
  }
  return cover;
}

// The colour of one face with its edges, premultiplied.
fn side_light(ray: Ray, cuboid: Cuboid, side: Side, t: f32, color: vec4f) -> vec4f {
  if (frame.hide_inner == 1u && has_neighbour(cuboid.cell, side)) {
    return vec4f(0.0);
  }
  var shade = 1.0;
  if (SHADE == FACES) {
    shade = side_light_on(side.axis, side.high);
  }
  let face = vec4f(shade * color.a * color.rgb, color.a);
  if (frame.edge_width == 0.0) {
    return face;
  }
  let edge = frame.edge.a * frame.opacity * edge_cover(ray, cuboid, side, t);
  return vec4f(shade * edge * frame.edge.rgb, edge) + (1.0 - edge) * face;
}

// Sides of a voxel differ if they have edges, are lit by direction, or are omitted between filled voxels.
fn has_sides() -> bool {
  return frame.edge_width > 0.0 || frame.hide_inner == 1u || SHADE == FACES;
}

fn voxel_light(ray: Ray, cell: vec3i, word: u32) -> vec4f {
  let count = cells.dims.x * cells.dims.y * cells.dims.z;
  var rgb = unpack4x8unorm(voxels[count + offset(vec3u(cell), cells.dims)]).rgb;
  if (SHADE == SMOOTH) {
    rgb *= smooth_light_on(cell, word);
  }
  let color = vec4f(rgb, alpha_of(word) * frame.opacity);
  if (!has_sides()) {
    let covered = voxel_alpha(color.a);
    return vec4f(covered * rgb, covered);
  }
  let gap = (0.5 - 0.5 * frame.side) * (planes(cell + 1) - planes(cell));
  let cuboid = Cuboid(cell, planes(cell) + gap, planes(cell + 1) - gap);

  let through = passage(ray, cuboid.low, cuboid.high);
  let entry = Side(through.entry, ray.step[through.entry] < 0);
  let exit = Side(through.exit, ray.step[through.exit] > 0);
  let front = side_light(ray, cuboid, entry, through.first, color);
  let back = side_light(ray, cuboid, exit, through.last, color);
  return front + (1.0 - front.a) * back;
}

fn coverage(ray: Ray, cell: vec3i, word: u32) -> f32 {
  if (frame.edge_width == 0.0 && frame.hide_inner == 0u) {
    return voxel_alpha(alpha_of(word) * frame.opacity);
  }
  return voxel_light(ray, cell, word).a;
}

// Returns no colour: the colour varies over a face, so a ray has to find it.
fn voxel_color(cell: vec3i, word: u32) -> vec4f {
  return vec4f(0.0);
}

fn face_light(pixel: vec2f, cell: vec3i, word: u32, color: vec4f) -> vec4f {
  return voxel_light(pixel_ray(pixel), cell, word);
}
