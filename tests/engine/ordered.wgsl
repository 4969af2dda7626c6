// Requires traverse and a grid.
// Draws the faces of a grid in an order that needs no sorting: along each axis, the cells farther from the eye come
// first. A voxel that hides a part of another is at least as near on every axis, so it is drawn later.

override FACE_COUNT: u32;  // per voxel, back to front: 6, or the 3 towards the eye with the alpha of two

struct Face {
  @builtin(position) position: vec4f,
  @location(0) @interpolate(flat, either) color: vec4f,  // premultiplied
}

// The cell of an axis that has `rank` cells before it.
fn cell_of(rank: u32, axis: u32) -> u32 {
  let eye = select(1e9 * frame.eye[axis], frame.eye[axis], frame.eye.w == 1.0);
  var low = 0u;
  var high = frame.dims[axis] - 1u;
  for (var k = 0u; k < rank; k++) {
    if (2.0 * eye > f32(low + high + 1u)) {
      low++;
    } else {
      high--;
    }
  }
  return select(high, low, 2.0 * eye > f32(low + high + 1u));
}

@vertex
fn face_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Face {
  // Whole bricks are drawn. The last of them may extend beyond the grid.
  let rank = position(instance / FACE_COUNT, BRICK * bricks_of(frame.dims));
  if (any(rank >= frame.dims)) {
    return Face(vec4f(2.0, 2.0, 0.5, 1.0), vec4f(0.0));
  }
  let cell = vec3u(cell_of(rank.x, 0u), cell_of(rank.y, 1u), cell_of(rank.z, 2u));
  let gap = 0.5 - 0.5 * frame.side;
  let low = vec3f(cell) + gap;
  let high = vec3f(cell) + 1.0 - gap;
  let axis = instance % 3u;
  let above = towards_eye(frame, high)[axis] > 0.0;
  let between = !above && towards_eye(frame, low)[axis] >= 0.0;
  let near = instance % FACE_COUNT >= 3u || FACE_COUNT == 3u;
  var side = vec3u(select(0u, 1u, above == near));
  side[(axis + 1u) % 3u] = vertex & 1u;
  side[(axis + 2u) % 3u] = vertex >> 1u;
  let corner = vec3f(cell + side) + select(vec3f(gap), vec3f(-gap), side == vec3u(1u));
  let brick = brick_at(vec3i(cell));
  var word = 0u;
  if (is_inside(vec3i(cell)) && is_occupied(brick)) {
    word = word_at(vec3i(cell), brick);
  }
  let alpha = alpha_of(word) * frame.opacity;
  let drawn = select(voxel_alpha(alpha), alpha, FACE_COUNT == 6u);
  var out: Face;
  out.position = frame.clip_from_box * vec4f(frame.origin + corner * frame.voxel, 1.0);
  out.color = drawn * vec4f(unpack4x8unorm(palette[color_of(word)]).rgb, 1.0);
  if (drawn == 0.0 || (FACE_COUNT == 3u && between)) {
    out.position = vec4f(2.0, 2.0, 0.5, 1.0);
  }
  return out;
}

@fragment
fn face_color(face: Face) -> @location(0) vec4f {
  return face.color;
}
