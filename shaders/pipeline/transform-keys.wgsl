// Requires common, field. Transformed values of two keys, computed as for voxels. One thread.

struct Params {
  keys: vec2u,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> values: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(local_invocation_index) local: u32) {
  if (local < 2u) {
    values[local] = transformed_key(params.keys[local]);
  }
}
