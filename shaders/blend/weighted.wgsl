// Requires faces, transmittance.
// Weighted-blended order-independent transparency (McGuire and Bavoil, Journal of Computer Graphics Techniques 2013):
// accumulates the faces, in any order, into two targets. McGuire and Bavoil estimate from a face's depth how much hides
// it. Here the weight is the transmittance in front of the face that the pixel's ray measured. See
// docs/transparency.md.

@group(0) @binding(1) var<storage, read> nodes: array<u32>;  // NODE_WORDS per pixel of the band
@group(0) @binding(2) var<uniform> band: Band;

struct Sums {
  @location(0) color: vec4f,    // added: alpha * weight * (rgb, 1)
  @location(1) covered: f32,    // multiplied into the target as 1 - alpha
}

// The transmittance stored in a node.
fn light_of(node: u32) -> f32 {
  return f32(node & 0xffffu) / LEVELS;
}

// A pixel's transmittance in front of a cell with a known alpha.
fn transmittance(pixel: vec2f, cell: vec3i, alpha: f32) -> f32 {
  let ray = pixel_ray(pixel);
  let times = entry_times(ray, cell);
  let entry = max(times.x, max(times.y, times.z));
  // At the edge of a face, the rasterizer can cover a pixel whose ray misses the voxel. That ray would leave the voxel
  // before it enters it.
  let depth = depth_level(min(entry, cell_exit(ray, cell)));
  let first = NODE_WORDS * ((u32(pixel.y) - band.first_row) * frame.pixels.x + u32(pixel.x));
  let end = nodes[first + NODE_WORDS - 1u];
  let count = end & 31u;
  var before = 0u;
  for (var i = 0u; i < count; i++) {
    let node = nodes[first + i];
    let beyond = f32(node >> 16u) - depth;
    // The depth in a layer's own node is rounded.
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

// The transmittance in front of one of several layers between two nodes. All these layers are assumed to be alike
// except for this one's known alpha.
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
