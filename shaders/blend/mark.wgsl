// Which faces the camera sees, at the positions where the picture is sampled: a ray a pixel marks what it enters while
// enough light is left to change the pixel. The work grows with the picture, not with the volume. One thread a pixel.

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read_write> marks: array<atomic<u32>>;  // see marks.wgsl
@group(0) @binding(3) var<storage, read_write> work: atomic<u32>;          // of weighing all faces: see below

// Pixels a side of a workgroup's tile, so that its rays run side by side.
const TILE = 16u;

// The axis of the face through which the ray enters the voxel in `cell`.
fn entry_axis(ray: Ray, cell: vec3i) -> u32 {
  let near = planes(cell + select(vec3i(1), vec3i(0), ray.step > vec3i(0)));
  let t = (near - ray.start) * ray.inverse;
  let last = max(t.x, max(t.y, t.z));
  return select(select(2u, 1u, t.y == last), 0u, t.x == last);
}

fn mark(cell: vec3u, axis: u32) {
  let word = mark_row(axis, cell.yz, view.dims) * mark_words(view.dims) + cell.x / 32u;
  atomicOr(&marks[word], 1u << (cell.x % 32u));
}

// Marks what the ray sees, and tells how many voxels that are.
fn mark_ray(ray: Ray) -> u32 {
  var walk = enter(ray);
  var left = 1.0;
  var hits = 0u;
  while (left >= HIDDEN && next_hit(ray, &walk)) {
    let alpha = veil(ray, walk.hit, walk.word);
    if (alpha > 0.0) {
      mark(vec3u(walk.hit), entry_axis(ray, walk.hit));
      left *= 1.0 - alpha;
    }
    hits++;
  }
  return hits;
}

var<workgroup> tile_work: atomic<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let tile = group.y * groups.x + group.x;
  let tiles = (view.pixels + TILE - 1u) / TILE;
  let pixel = vec2u(tile % tiles.x, tile / tiles.x) * TILE + vec2u(local % TILE, local / TILE);
  var hits = 0u;
  if (all(pixel < view.pixels)) {
    hits = mark_ray(pixel_ray(vec2f(pixel) + 0.5));
  }
  // Each face of a pixel looks through those before it.
  atomicAdd(&tile_work, min(hits, 1000u) * min(hits, 1000u) / 2u);
  workgroupBarrier();
  if (local == 0u) {
    atomicAdd(&work, atomicLoad(&tile_work) / WORK_UNIT);
  }
}
