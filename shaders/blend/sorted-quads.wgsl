// Requires frame, line.
// Faces with freely moved corners, drawn in the order given by the CPU. Each is the polygon of its four projected
// corners, filled and then stroked, as matplotlib draws it.

struct Quad {
  corners: array<vec4f, 4>,  // grid units; w of the first: 1 if the face lies between two filled voxels
  centre: vec4f,             // centre of the voxel
  color: vec4f,              // straight alpha
}

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var<storage, read> quads: array<Quad>;
@group(0) @binding(2) var<storage, read> order: array<u32>;

struct Polygon {
  @builtin(position) position: vec4f,
  @location(0) @interpolate(flat, either) color: vec4f,
  @location(1) @interpolate(flat, either) ab: vec4f,  // corners in pixels
  @location(2) @interpolate(flat, either) cd: vec4f,
}

// The factor of side_light_on in shade.wgsl, for a face with any normal.
fn quad_light(quad: Quad) -> f32 {
  let a = (quad.corners[1].xyz - quad.corners[0].xyz) * frame.voxel;
  let b = (quad.corners[3].xyz - quad.corners[0].xyz) * frame.voxel;
  let normal = cross(a, b);
  let middle = 0.25 * (quad.corners[0] + quad.corners[1] + quad.corners[2] + quad.corners[3]).xyz;
  let outwards = sign(dot(normal, (middle - quad.centre.xyz) * frame.voxel));
  return 0.65 + 0.35 * outwards * dot(normal, frame.light) / max(length(normal), 1e-20);
}

@vertex
fn polygon(@builtin(vertex_index) vertex: u32, @builtin(instance_index) instance: u32) -> Polygon {
  let quad = quads[order[instance]];
  let pixels = vec2f(frame.pixels);
  var points: array<vec2f, 4>;
  var low = vec2f(1e30);
  var high = vec2f(-1e30);
  var color = quad.color.rgb;
  if (frame.is_lit == 1u) {
    color *= quad_light(quad);
  }
  var is_drawn = frame.hide_inner == 0u || quad.corners[0].w == 0.0;
  for (var i = 0; i < 4; i++) {
    let corner = mix(quad.centre.xyz, quad.corners[i].xyz, frame.side);
    let clip = frame.clip_from_box * vec4f(frame.origin + corner * frame.voxel, 1.0);
    is_drawn = is_drawn && clip.w > 1e-6;
    points[i] = (clip.xy / clip.w * vec2f(0.5, -0.5) + 0.5) * pixels;
    low = min(low, points[i]);
    high = max(high, points[i]);
  }
  let margin = 0.5 * frame.edge_width + 1.0;
  let at = mix(low - margin, high + margin, vec2f(vec2u(vertex & 1u, vertex >> 1u)));
  var out: Polygon;
  out.position = select(vec4f(0.0), vec4f((at / pixels - 0.5) * vec2f(2.0, -2.0), 0.5, 1.0), is_drawn);
  out.color = vec4f(color, quad.color.a * frame.opacity);
  out.ab = vec4f(points[0], points[1]);
  out.cd = vec4f(points[2], points[3]);
  return out;
}

// Winding number contribution of the side from `a` to `b` around a point: 1, -1 or 0. A point on a shared side belongs
// to exactly one of the two faces.
fn winding(point: vec2f, a: vec2f, b: vec2f) -> i32 {
  if ((a.y <= point.y) == (b.y <= point.y)) {
    return 0;
  }
  // Always from the lower to the upper end, so both faces that share the side get bit-identical results.
  let rises = a.y < b.y;
  let lower = select(b, a, rises);
  let upper = select(a, b, rises);
  let left = (upper.x - lower.x) * (point.y - lower.y) - (point.x - lower.x) * (upper.y - lower.y);
  return select(0, select(-1, 1, rises), left > 0.0);
}

fn distance_to(point: vec2f, a: vec2f, b: vec2f) -> f32 {
  let side = b - a;
  let along = saturate(dot(point - a, side) / max(dot(side, side), 1e-12));
  return length(point - a - along * side);
}

@fragment
fn paint(face: Polygon) -> @location(0) vec4f {
  let point = face.position.xy;
  let corners = array<vec2f, 4>(face.ab.xy, face.ab.zw, face.cd.xy, face.cd.zw);
  var winds = 0;
  var far = 1e30;
  for (var i = 0; i < 4; i++) {
    let a = corners[i];
    let b = corners[(i + 1) % 4];
    winds += winding(point, a, b);
    far = min(far, distance_to(point, a, b));
  }
  let fill = select(0.0, face.color.a, winds != 0);
  let edge = frame.edge.a * frame.opacity * line_cover(far, 0.5 * frame.edge_width);
  return vec4f(edge * frame.edge.rgb, edge) + (1.0 - edge) * vec4f(fill * face.color.rgb, fill);
}
