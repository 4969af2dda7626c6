// The visible faces, one instance each, as quads in box coordinates projected by the camera. Depth is constant,
// so that nothing is clipped but what lies behind the eye.

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read> palette: array<u32>;  // 256 colours, rgba8unorm
@group(0) @binding(3) var<storage, read> visible: array<u32>;  // 4 * voxel + axis of the face

struct Face {
  @builtin(position) position: vec4f,
  @location(0) @interpolate(flat, either) color: vec4f,  // straight sRGB; alpha of entry and exit face together
  @location(1) @interpolate(flat, either) cell: vec3i,
}

@vertex
fn face_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Face {
  let voxel = visible[instance] / 4u;
  let axis = visible[instance] % 4u;
  let cell = position(voxel, view.dims);
  let low = planes(vec3i(cell));
  let size = planes(vec3i(cell) + 1) - low;
  let towards = towards_eye(view, low + 0.5 * size);
  // 1: the corner on the high side of an axis.
  var high = select(vec3u(0u), vec3u(1u), towards > vec3f(0.0));
  high[(axis + 1u) % 3u] = vertex & 1u;
  high[(axis + 2u) % 3u] = vertex >> 1u;
  // Neighbours get the same bits for the corners that they share, so that no seam shows.
  let gap = (0.5 - 0.5 * view.side) * size;
  let corner = planes(vec3i(cell + high)) + select(gap, -gap, high == vec3u(1u));
  var out: Face;
  out.position = view.clip_from_box * vec4f(view.origin + corner * view.voxel, 1.0);
  if (abs(towards[axis]) <= view.eye.w * 0.5 * view.side * size[axis]) {
    out.position = vec4f(0.0);  // the eye is between this face and the opposite one: neither looks at it
  }
  out.color = voxel_color(voxels[voxel]);
  out.cell = vec3i(cell);
  return out;
}
