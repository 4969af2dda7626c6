// Requires traverse. Defines Band, Nodes, start_nodes, add_node, end_nodes, depth_level, LEVELS, LEAST_LIGHT.
// A pixel's transmittance as a function of depth (Salvi, Montgomery and Lefohn, Adaptive Transparency, 2011): the light
// that remains in front of each layer that its ray meets. If there are more layers than nodes, every other node is
// dropped. Between two nodes, transmittance decays exponentially.
// A pixel has NODE_WORDS words. Each node is one word: depth as a fraction of the grid's extent, and the remaining
// light, 16 bits each. The last word has the light behind all layers (16 bits), the number of layers in the last
// interval (7), the logarithm of that number for the other intervals (4), and the number of nodes (5).

// The rows of the picture whose pixels have nodes.
struct Band {
  first_row: u32,
  rows: u32,
}

// Faces with less remaining light get this as their weight: even many of them would not change an 8-bit pixel.
const LEAST_LIGHT = 1.0 / 4096.0;

const NODE_WORDS = 22u;
const MAX_NODES = 20u;
const LEVELS = 65535.0;

struct Nodes {
  words: array<u32, NODE_WORDS>,
  count: u32,
  stride: u32,   // layers per node
  layers: u32,
  latest: u32,   // word of the last layer, whether or not it is a node
}

fn start_nodes() -> Nodes {
  var nodes: Nodes;
  nodes.stride = 1u;
  return nodes;
}

// Depth of `t`, 0 to LEVELS. Planes that face the camera have the same t for all rays.
fn depth_level(t: f32) -> f32 {
  return saturate((t - frame.depth.x) / (frame.depth.y - frame.depth.x)) * LEVELS;
}

// Adds a layer at `t`, in front of which `left` of the light remains.
fn add_node(nodes: ptr<function, Nodes>, t: f32, left: f32) {
  let word = (u32(depth_level(t) + 0.5) << 16u) | u32(left * LEVELS + 0.5);
  (*nodes).latest = word;
  if ((*nodes).layers % (*nodes).stride == 0u) {
    if ((*nodes).count == MAX_NODES) {
      for (var i = 1u; i < MAX_NODES / 2u; i++) {
        (*nodes).words[i] = (*nodes).words[2u * i];
      }
      (*nodes).count = MAX_NODES / 2u;
      (*nodes).stride *= 2u;
    }
    if ((*nodes).layers % (*nodes).stride == 0u) {
      (*nodes).words[(*nodes).count] = word;
      (*nodes).count++;
    }
  }
  (*nodes).layers++;
}

// Completes the function: the last layer becomes a node, and `left` of the light remains behind it.
fn end_nodes(nodes: ptr<function, Nodes>, left: f32) {
  let rest = (max((*nodes).layers, 1u) - 1u) % (*nodes).stride;
  if (rest > 0u) {
    (*nodes).words[(*nodes).count] = (*nodes).latest;
    (*nodes).count++;
  }
  (*nodes).words[NODE_WORDS - 1u] = (u32(left * LEVELS + 0.5) << 16u)
    | (min(rest, 127u) << 9u)
    | (firstTrailingBit((*nodes).stride) << 5u)
    | (*nodes).count;
}
