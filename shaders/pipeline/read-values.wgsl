// Requires common, field, stored-word.
// Reads back some slices of the array: transformed values (as bits of f32), or the voxel words that remain after the
// cut. One thread per voxel.

struct Params {
  dims: vec3u,     // of the array, the field or the cut
  first_z: u32,    // slices to read
  first: vec3u,    // low corner of the cut, in the flipped field
  end_z: u32,
  flip: vec3u,     // 1: the axis is reversed
  words: u32,
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read_write> result: array<u32>;
@group(0) @binding(2) var<storage, read> table: array<u32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  let slices = vec3u(params.dims.xy, params.end_z - params.first_z);
  if (i >= slices.x * slices.y * slices.z) {
    return;
  }
  let p = position(i, slices) + vec3u(0u, 0u, params.first_z) + params.first;
  let cell = select(p, field.dims - 1u - p, params.flip == vec3u(1u));
  let code = code_at(cell);
  if (params.words == 0u) {
    result[i] = bitcast<u32>(transformed(code));
  } else {
    result[i] = select(0u, stored_word(code), is_kept(cell));
  }
}
