// Requires face-list. Faces or rays: more faces than their list holds take longer to draw than the rays to follow.
// One thread.

@group(0) @binding(0) var<storage, read_write> draw: DrawArguments;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(local_invocation_index) local: u32) {
  if (local != 0u) {
    return;
  }
  let count = atomicLoad(&draw.faces);
  let rays = count > draw.capacity || atomicLoad(&draw.overflow) == 1u;
  draw.rays = select(0u, 1u, rays);
  draw.vertex_count = select(6u * count, 0u, rays);
  draw.instance_count = 1u;
}
