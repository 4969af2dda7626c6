// Requires paged-traverse, listed-pages.
// Finds the pages that the rays of a picture need, with the light that reaches each. One ray per cell of a grid of
// pixels, a different pixel of the cells in each run. One thread per ray.

struct Params {
  stride: u32,  // pixels per cell, along both sides
  pixel: vec2u, // within the cell
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> marks: array<atomic<u32>>;  // light per page
@group(0) @binding(2) var<storage, read_write> listed: Listed;

// The light of a ray that reaches a page counts as up to this, and as 1 if the page seems to be empty.
const LIGHT = 255.0;
const TILE = 16u;
// Remaining light at which a ray ends, as in front-to-back.wgsl.
const SPENT = 1.0 / 1024.0;

var<private> left: f32 = 1.0;

fn note(page: u32, is_seen: bool) {
  if (atomicAdd(&marks[page], select(0u, u32(left * LIGHT), is_seen) + 1u) == 0u) {
    let place = atomicAdd(&listed.count, 1u);
    if (place < arrayLength(&listed.pages)) {
      listed.pages[place].number = page;
    }
  }
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  let tile = group.y * groups.x + group.x;
  let size = (frame.pixels + params.stride - 1u) / params.stride;
  let tiles = (size + TILE - 1u) / TILE;
  let cell = vec2u(tile % tiles.x, tile / tiles.x) * TILE + vec2u(local % TILE, local / TILE);
  let pixel = cell * params.stride + params.pixel;
  if (any(pixel >= frame.pixels)) {
    return;
  }
  let ray = pixel_ray(vec2f(pixel) + 0.5);
  var walk = enter(ray);
  while (left >= SPENT && next_hit(ray, &walk)) {
    left *= 1.0 - coverage(ray, walk.hit, walk.word);
  }
}
