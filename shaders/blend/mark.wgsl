// Requires traverse, face-list, visible-bricks, transmittance.
// Finds the faces that are visible at the sample positions of the picture, and each pixel's transmittance. One ray per
// pixel marks the faces it enters until too little light is left to change the pixel. The work depends on the picture's
// size, not on the volume's. One thread per pixel of a band of rows.

@group(0) @binding(1) var<storage, read_write> marks: array<atomic<u32>>;  // FACE_WORDS per slot
@group(0) @binding(2) var<storage, read_write> nodes: array<u32>;          // NODE_WORDS per pixel of the band
@group(0) @binding(3) var<storage, read_write> draw: DrawArguments;
@group(0) @binding(4) var<uniform> band: Band;

// Side of a workgroup's tile in pixels. Tiles keep the rays of a workgroup close together.
const TILE = 16u;

// The axis of the face through which a ray enters a voxel.
fn entry_axis(times: vec3f) -> u32 {
  let last = max(times.x, max(times.y, times.z));
  return select(select(2u, 1u, times.y == last), 0u, times.x == last);
}

// Marks the faces that the ray sees. Returns how many of them were not marked before.
fn mark_ray(ray: Ray, pixel: u32) -> u32 {
  let grid = bricks_of(frame.dims);
  var walk = enter(ray);
  var left = 1.0;
  var seen_brick = NO_SLOT;
  var slot = NO_SLOT;
  var function_of_depth = start_nodes();
  var found = 0u;
  // Faces too faint to be visible are not marked, but they still add nodes: other pixels may have marked them, so they
  // are drawn here too and need a weight.
  while (left >= LEAST_LIGHT && next_hit(ray, &walk)) {
    let alpha = coverage(ray, walk.hit, walk.word);
    if (alpha == 0.0) {
      continue;
    }
    let times = entry_times(ray, walk.hit);
    let before_it = left;
    add_node(&function_of_depth, max(times.x, max(times.y, times.z)), before_it);
    left *= 1.0 - alpha;
    if (before_it < HIDDEN) {
      continue;
    }
    let cell = vec3u(walk.hit);
    let brick = offset(cell / BRICK, grid);
    if (brick != seen_brick) {
      seen_brick = brick;
      slot = slot_of(brick);
    }
    if (slot == NO_SLOT) {
      atomicStore(&draw.overflow, 1u);
    } else {
      let bit = BRICK_VOXELS * entry_axis(times) + offset(cell % BRICK, vec3u(BRICK));
      let flag = 1u << (bit % 32u);
      let before = atomicOr(&marks[FACE_WORDS * slot + bit / 32u], flag);
      found += select(0u, 1u, (before & flag) == 0u);
    }
  }
  end_nodes(&function_of_depth, left);
  for (var i = 0u; i < NODE_WORDS; i++) {
    nodes[NODE_WORDS * pixel + i] = function_of_depth.words[i];
  }
  return found;
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let tile = group.y * groups.x + group.x;
  let size = vec2u(frame.pixels.x, band.rows);
  let tiles = (size + TILE - 1u) / TILE;
  let pixel = vec2u(tile % tiles.x, tile / tiles.x) * TILE + vec2u(local % TILE, local / TILE);
  // If there are too many faces already, the remaining rays are not traced here.
  if (all(pixel < size) && atomicLoad(&draw.overflow) == 0u) {
    let ray = pixel_ray(vec2f(pixel + vec2u(0u, band.first_row)) + 0.5);
    let found = mark_ray(ray, pixel.y * size.x + pixel.x);
    if (found > 0u && atomicAdd(&draw.marked, found) + found > draw.capacity) {
      atomicStore(&draw.overflow, 1u);
    }
  }
}
