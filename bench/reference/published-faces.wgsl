// Requires traverse, face-list. Both faces across each axis of a voxel, one instance each.

@group(0) @binding(0) var<storage, read> faces: array<vec4u>;

// The weights are designed for depths from 0.1 to 500. The unit box, 9 to 11 from the eye, is mapped to the middle of
// that range.
const NEAREST = 9.0;
const DEPTHS_PER_BOX = 150.0;

struct Face {
  @builtin(position) position: vec4f,
  @location(0) @interpolate(flat, either) color: vec4f,
  @location(1) depth: f32,
}

@vertex
fn face_vertex(@builtin(vertex_index) number: u32, @builtin(instance_index) side: u32) -> Face {
  let face = faces[number / 6u];
  let axis = face_axis(face);
  let corner_number = (0xda4u >> (2u * (number % 6u))) & 3u;
  let cell = vec3u(face_cell(face));
  var high = vec3u(side);
  high[(axis + 1u) % 3u] = corner_number & 1u;
  high[(axis + 2u) % 3u] = corner_number >> 1u;
  let gap = 0.5 - 0.5 * frame.side;
  let corner = vec3f(cell + high) + select(vec3f(gap), vec3f(-gap), high == vec3u(1u));
  var out: Face;
  out.position = frame.clip_from_box * vec4f(frame.origin + corner * frame.voxel, 1.0);
  out.color = vec4f(unpack4x8unorm(palette[color_of(face.w)]).rgb, alpha_of(face.w) * frame.opacity);
  out.depth = (out.position.w - NEAREST) * DEPTHS_PER_BOX;
  return out;
}
