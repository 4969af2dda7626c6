// The three faces of each visible voxel that look at the camera: one instance a voxel, four vertices a face.
// Depth is constant, so that nothing is clipped but what lies behind the eye.

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read> visible: array<vec2u>;
@group(0) @binding(3) var<storage, read> palette: array<u32>;  // 256 colours, rgba8unorm

struct Face {
  @builtin(position) position: vec4f,
  @location(0) @interpolate(flat, either) color: vec4f,  // straight sRGB; alpha of entry and exit face together
  @location(1) @interpolate(flat, either) transmittance: f32,
}

@vertex
fn face_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Face {
  let entry = visible[instance];
  let cell = vec3f(position(entry.x, view.dims));
  let axis = vertex / 4u;
  let across = vec2u(vertex & 1u, (vertex >> 1u) & 1u);
  let towards = towards_eye(view, cell + 0.5);
  // 1: the corner on the side towards the eye.
  var near = vec3u(1u);
  near[(axis + 1u) % 3u] = across.x;
  near[(axis + 2u) % 3u] = across.y;
  let high = select(1u - near, near, towards > vec3f(0.0));
  // Neighbours get the same bits for the corners that they share, so that no seam shows.
  let low_side = 0.5 - 0.5 * view.side;
  let corner = cell + select(vec3f(low_side), vec3f(1.0 - low_side), high == vec3u(1u));
  let word = voxels[entry.x];
  var out: Face;
  out.position = view.clip_from_box * vec4f(view.origin + corner * view.voxel, 1.0);
  if (view.eye.w * 0.5 * view.side >= abs(towards[axis])) {
    out.position = vec4f(0.0);  // the eye is between this face and the opposite one: neither looks at it
  }
  out.color = vec4f(unpack4x8unorm(palette[color_of(word)]).rgb, voxel_alpha(alpha_of(word) * view.opacity));
  out.transmittance = bitcast<f32>(entry.y);
  return out;
}
