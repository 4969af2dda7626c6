// Requires faces, transmittance. Weighted-blended order-independent transparency (McGuire and Bavoil, Journal of Computer
// Graphics Techniques 2013): one accumulation of the faces, in any order, into two targets. Their weights guess from a
// face's depth how much hides it; here the weight is the pixel's transmittance in front of the face, as its ray found it.
// See docs/transparency.md.

@group(0) @binding(2) var<storage, read> nodes: array<u32>;  // NODE_WORDS a pixel of the band
@group(0) @binding(3) var<uniform> band: Band;

// Weights below this cannot change an 8-bit pixel.
const LEAST_WEIGHT = 1.0 / 4096.0;

struct Sums {
  @location(0) color: vec4f,    // added: alpha * weight * (rgb, 1)
  @location(1) covered: f32,    // multiplied into the target as 1 - alpha
}

// The light left of a node.
fn light_of(node: u32) -> f32 {
  return f32(node & 0xffffu) / LEVELS;
}

// A pixel's transmittance in front of a cell.
fn transmittance(pixel: vec2f, cell: vec3i) -> f32 {
  let ray = pixel_ray(pixel);
  let times = entry_times(ray, cell);
  let depth = depth_level(grid_span(ray), max(times.x, max(times.y, times.z)));
  let first = NODE_WORDS * ((u32(pixel.y) - band.first_row) * frame.pixels.x + u32(pixel.x));
  let end = nodes[first + NODE_WORDS - 1u];
  let count = end & 0xffu;
  var before = 0u;
  for (var i = 0u; i < count; i++) {
    let node = nodes[first + i];
    let at = f32(node >> 16u);
    // A layer's own node is rounded.
    if (at >= depth - 0.75) {
      if (i == 0u || (end & 0x100u) == 0u) {
        return light_of(node);
      }
      let part = saturate((depth - f32(before >> 16u)) / max(at - f32(before >> 16u), 1.0));
      return exp2(mix(log2(max(light_of(before), LEAST_WEIGHT)), log2(max(light_of(node), LEAST_WEIGHT)), part));
    }
    before = node;
  }
  return f32(end >> 16u) / LEVELS;
}

@fragment
fn accumulate(face: Face) -> Sums {
  let weight = max(transmittance(face.position.xy, face.cell), LEAST_WEIGHT);
  let color = face_light(face.position.xy, face.cell, face.word, face.color);
  return Sums(weight * color, color.a);
}
