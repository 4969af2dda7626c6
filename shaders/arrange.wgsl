// The arguments of the indirect dispatch over a list whose length only the GPU knows. A single thread.

@group(0) @binding(0) var<storage, read> count: u32;
@group(0) @binding(1) var<storage, read_write> groups: array<u32, 3>;

// WebGPU's guaranteed maxComputeWorkgroupsPerDimension.
const MAX_GROUPS = 65535u;

@compute @workgroup_size(1)
fn main() {
  let needed = (count + WORKGROUP - 1u) / WORKGROUP;
  let rows = (needed + MAX_GROUPS - 1u) / MAX_GROUPS;
  groups = array(select(0u, (needed + rows - 1u) / max(rows, 1u), rows > 0u), rows, 1u);
}
