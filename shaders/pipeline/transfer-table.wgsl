// Requires common, field. The table from stored code to voxel word. One thread per code.

@group(0) @binding(0) var<storage, read_write> table: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let code = element(id, groups);
  if (code < arrayLength(&table)) {
    table[code] = word_of(transformed(code));
  }
}
