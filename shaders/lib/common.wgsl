// Requires nothing. Defines MISSING, WORKGROUP, element, position, offset.

// Stands for NaN and infinities, which WGSL may assume never occur. It is the lowest f32.
const MISSING = -0x1.fffffep+127f;

// Threads per workgroup, the same in every shader.
const WORKGROUP = 256u;

// Element number of a thread. Dispatches use two dimensions, as one dimension is limited to 65535 workgroups.
fn element(id: vec3u, groups: vec3u) -> u32 {
  return id.y * groups.x * WORKGROUP + id.x;
}

fn position(index: u32, dims: vec3u) -> vec3u {
  return vec3u(index % dims.x, index / dims.x % dims.y, index / (dims.x * dims.y));
}

fn offset(p: vec3u, dims: vec3u) -> u32 {
  return (p.z * dims.y + p.y) * dims.x + p.x;
}
