// Requires traverse, face-list, visible-bricks, transmittance. Which faces the camera sees, at the positions where the picture is
// sampled, and each pixel's transmittance: a ray a pixel marks what it enters while enough light is left to change the
// pixel. The work grows with the picture, not with the volume. One thread a pixel of a band of rows.

@group(0) @binding(1) var<storage, read_write> marks: array<atomic<u32>>;  // FACE_WORDS a slot
@group(0) @binding(2) var<storage, read_write> nodes: array<u32>;          // NODE_WORDS a pixel of the band
@group(0) @binding(3) var<storage, read_write> draw: DrawArguments;
@group(0) @binding(4) var<uniform> band: Band;

// Pixels a side of a workgroup's tile, so that its rays run side by side.
const TILE = 16u;

// The axis of the face through which a ray enters a voxel.
fn entry_axis(times: vec3f) -> u32 {
  let last = max(times.x, max(times.y, times.z));
  return select(select(2u, 1u, times.y == last), 0u, times.x == last);
}

// Marks what the ray sees, and tells how many faces nobody had marked before.
fn mark_ray(ray: Ray, pixel: u32) -> u32 {
  let grid = bricks_of(frame.dims);
  var walk = enter(ray);
  var left = 1.0;
  var seen_brick = NO_SLOT;
  var slot = NO_SLOT;
  var function_of_depth = start_nodes();
  var found = 0u;
  // Faces that cannot be seen are not marked, but in this pixel others may lie among them, which need their weight.
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
  // Where there are too many faces already, the rest of the rays need not be followed here.
  if (all(pixel < size) && atomicLoad(&draw.overflow) == 0u) {
    let ray = pixel_ray(vec2f(pixel + vec2u(0u, band.first_row)) + 0.5);
    let found = mark_ray(ray, pixel.y * size.x + pixel.x);
    if (found > 0u && atomicAdd(&draw.marked, found) + found > draw.capacity) {
      atomicStore(&draw.overflow, 1u);
    }
  }
}
