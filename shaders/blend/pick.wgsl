// Requires traverse. Finds the voxel that contributes most to the colour at a pixel position. One thread.

struct Params {
  pixel: vec2f,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> picked: array<u32>;  // x, y, z in the grid, and 1 if a voxel was found

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(local_invocation_index) local: u32) {
  if (local != 0u) {
    return;
  }
  let ray = pixel_ray(params.pixel);
  var walk = enter(ray);
  var left = 1.0;
  var most = 0.0;
  picked[3] = 0u;
  // Once the remaining light is less than the largest contribution, no later voxel can exceed it.
  while (left > most && next_hit(ray, &walk)) {
    let alpha = coverage(ray, walk.hit, walk.word);
    if (left * alpha > most) {
      most = left * alpha;
      picked[0] = u32(walk.hit.x);
      picked[1] = u32(walk.hit.y);
      picked[2] = u32(walk.hit.z);
      picked[3] = 1u;
    }
    left *= 1.0 - alpha;
  }
}
