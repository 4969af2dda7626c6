// Faces with the weights published for weighted-blended transparency (McGuire and Bavoil 2013, equation 9).

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read> palette: array<u32>;
@group(0) @binding(3) var<storage, read> faces: array<u32>;  // 8 * voxel + 2 * axis + side

// The weights are made for depths from 0.1 to 500; the unit box, 9 to 11 from the eye, takes the middle of that.
const NEAREST = 9.0;
const DEPTHS_PER_BOX = 150.0;

struct Face {
  @builtin(position) position: vec4f,
  @location(0) @interpolate(flat, either) color: vec4f,
  @location(1) depth: f32,
}

@vertex
fn face_vertex(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Face {
  let face = faces[instance];
  let axis = face % 8u / 2u;
  let cell = position(face / 8u, view.dims);
  var high = vec3u(face & 1u);
  high[(axis + 1u) % 3u] = vertex & 1u;
  high[(axis + 2u) % 3u] = vertex >> 1u;
  let gap = 0.5 - 0.5 * view.side;
  let corner = vec3f(cell + high) + select(vec3f(gap), vec3f(-gap), high == vec3u(1u));
  let word = voxels[face / 8u];
  var out: Face;
  out.position = view.clip_from_box * vec4f(view.origin + corner * view.voxel, 1.0);
  out.color = vec4f(unpack4x8unorm(palette[color_of(word)]).rgb, alpha_of(word) * view.opacity);
  out.depth = (out.position.w - NEAREST) * DEPTHS_PER_BOX;
  return out;
}

struct Sums {
  @location(0) color: vec4f,
  @location(1) covered: f32,
}

@fragment
fn accumulate(face: Face) -> Sums {
  let weight = face.color.a * clamp(0.03 / (1e-5 + pow(abs(face.depth) / 200.0, 4.0)), 1e-2, 3e3);
  return Sums(face.color.a * weight * vec4f(face.color.rgb, 1.0), face.color.a);
}
