// Requires faces, transmittance. Weighted-blended order-independent transparency (McGuire and Bavoil, Journal of Computer
// Graphics Techniques 2013): one accumulation of the faces, in any order, into two targets. Their weights guess from a
// face's depth how much hides it; here the weight is the pixel's transmittance in front of the face, as its ray found it.
// See docs/transparency.md.

@group(0) @binding(1) var<storage, read> nodes: array<u32>;  // NODE_WORDS a pixel of the band
@group(0) @binding(2) var<uniform> band: Band;

struct Sums {
  @location(0) color: vec4f,    // added: alpha * weight * (rgb, 1)
  @location(1) covered: f32,    // multiplied into the target as 1 - alpha
}

// The light left of a node.
fn light_of(node: u32) -> f32 {
  return f32(node & 0xffffu) / LEVELS;
}

// A pixel's transmittance in front of a cell, whose own alpha is known.
fn transmittance(pixel: vec2f, cell: vec3i, alpha: f32) -> f32 {
  let ray = pixel_ray(pixel);
  let times = entry_times(ray, cell);
  let entry = max(times.x, max(times.y, times.z));
  // At its edges a face is rasterized where the ray misses the voxel, and leaves it before it would enter it.
  let depth = depth_level(min(entry, cell_exit(ray, cell)));
  let first = NODE_WORDS * ((u32(pixel.y) - band.first_row) * frame.pixels.x + u32(pixel.x));
  let end = nodes[first + NODE_WORDS - 1u];
  let count = end & 31u;
  var before = 0u;
  for (var i = 0u; i < count; i++) {
    let node = nodes[first + i];
    let beyond = f32(node >> 16u) - depth;
    // A layer's own node is rounded.
    if (beyond >= -0.75) {
      let rest = (end >> 9u) & 127u;
      let layers = select(1u << ((end >> 5u) & 15u), rest, rest > 0u && i == count - 1u);
      if (i == 0u || layers < 2u || beyond <= 0.75) {
        return light_of(node);
      }
      return light_between(before, node, f32(layers), depth, alpha);
    }
    before = node;
  }
  return f32(end >> 16u) / LEVELS;
}

// The light in front of one of several layers between two nodes: but for its own alpha, all of them are taken to be alike.
fn light_between(before: u32, after: u32, layers: f32, depth: f32, alpha: f32) -> f32 {
  let start = f32(before >> 16u);
  let number = round((depth - start) / max(f32(after >> 16u) - start, 1.0) * layers);
  let passed = clamp(number, 1.0, layers - 1.0) / (layers - 1.0);
  let decay = log2(max(light_of(after), LEAST_LIGHT) / max(light_of(before), LEAST_LIGHT));
  let others = min(decay - log2(max(1.0 - alpha, LEAST_LIGHT)), 0.0);
  return light_of(before) * exp2(passed * others);
}

@fragment
fn accumulate(face: Face) -> Sums {
  let color = face_light(face.position.xy, face.cell, face.word, face.color);
  let weight = max(transmittance(face.position.xy, face.cell, color.a), LEAST_LIGHT);
  return Sums(weight * color, color.a);
}
