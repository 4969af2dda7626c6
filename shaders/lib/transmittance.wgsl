// Requires traverse. Defines Band, Nodes, start_nodes, add_node, end_nodes, depth_level, LEVELS, LEAST_LIGHT.
// A pixel's transmittance as a function of depth (Salvi, Montgomery and Lefohn, Adaptive Transparency, 2011): the light
// that is left in front of the layers its ray meets. Where there are more layers than nodes, every other node is dropped,
// and transmittance between two nodes decays exponentially.
// A pixel has NODE_WORDS words: depth as a fraction of the grid's extent and the light left, 16 bits each. The
// last word has the light behind all layers (16 bits), the layers of the last interval (7), the logarithm of those of the
// others (4), and how many nodes there are (5).

// The rows of the picture whose pixels have nodes.
struct Band {
  first_row: u32,
  rows: u32,
}

// Where less light than this is left, faces weigh this much: many of them would still not change an 8-bit pixel.
const LEAST_LIGHT = 1.0 / 4096.0;

const NODE_WORDS = 22u;
const MAX_NODES = 20u;
const LEVELS = 65535.0;

struct Nodes {
  words: array<u32, NODE_WORDS>,
  count: u32,
  stride: u32,   // layers from node to node
  layers: u32,
  latest: u32,   // word of the last layer, node or not
}

fn start_nodes() -> Nodes {
  var nodes: Nodes;
  nodes.stride = 1u;
  return nodes;
}

// The planes that face the camera have the same t for all rays.
fn depth_level(t: f32) -> f32 {
  return saturate((t - frame.depth.x) / (frame.depth.y - frame.depth.x)) * LEVELS;
}

// Adds a layer at `t`, before which `left` of the light is left.
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

// Ends the function: the last layer is a node, and behind it there is `left`.
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
