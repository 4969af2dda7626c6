// Requires traverse, face-list.
// Draws the visible faces, six vertices each, in box coordinates projected by the camera. Depth is constant, so only
// geometry behind the eye is clipped.

@group(0) @binding(0) var<storage, read> faces: array<vec4u>;

struct Face {
  @builtin(position) position: vec4f,
  @location(0) @interpolate(flat, either) color: vec4f,  // straight sRGB; alpha of entry and exit face together
  @location(1) @interpolate(flat, either) cell: vec3i,
  @location(2) @interpolate(flat, either) word: u32,
}

@vertex
fn face_vertex(@builtin(vertex_index) number: u32) -> Face {
  let face = faces[number / 6u];
  let axis = face_axis(face);
  let corner_number = (0xda4u >> (2u * (number % 6u))) & 3u;  // 0, 1, 2, 2, 1, 3
  let cell = face_cell(face);
  let low = planes(cell);
  let size = planes(cell + 1) - low;
  let towards = towards_eye(frame, low + 0.5 * size);
  // 1: the corner is on the high side of the axis.
  var high = select(vec3i(0), vec3i(1), towards > vec3f(0.0));
  high[(axis + 1u) % 3u] = i32(corner_number & 1u);
  high[(axis + 2u) % 3u] = i32(corner_number >> 1u);
  // Neighbours compute bit-identical positions for shared corners, which avoids seams.
  let gap = (0.5 - 0.5 * frame.side) * size;
  let corner = planes(cell + high) + select(gap, -gap, high == vec3i(1));
  var out: Face;
  out.position = frame.clip_from_box * vec4f(frame.origin + corner * frame.voxel, 1.0);
  if (abs(towards[axis]) <= frame.eye.w * 0.5 * frame.side * size[axis]) {
    out.position = vec4f(0.0);  // the eye is between this face and the opposite one, so neither faces it
  }
  out.color = voxel_color(cell, face.w);
  out.cell = cell;
  out.word = face.w;
  return out;
}
