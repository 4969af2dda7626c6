// Requires face-list.
// Decides between drawing faces and tracing rays: if there are more faces than the list holds, tracing the rays is
// faster. One thread.

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
