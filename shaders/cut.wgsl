// Stage 5: flip, crop and clip plane. One thread a voxel that the crop keeps; what the clip plane
// removes becomes 0, as in the article, and so takes part in the second normalization.

struct Params {
  source: vec3u,
  dims: vec3u,      // after the crop
  first: vec3u,     // low corner of the crop, in the flipped source
  flip: vec3u,      // 1 where the axis is reversed
  clip: vec4f,      // keeps dot(centre, clip.xyz) + clip.w > 0, centres in fractions of the box
}

// Centres that lie on the plane are removed, whatever the rounding of f32. In lengths of the normal.
const ON_PLANE = 1e-6;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> values: array<f32>;
@group(0) @binding(2) var<storage, read_write> result: array<f32>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  if (i >= params.dims.x * params.dims.y * params.dims.z) {
    return;
  }
  let p = position(i, params.dims) + params.first;
  let centre = (vec3f(p) + 0.5) / vec3f(params.source);
  let kept = dot(centre, params.clip.xyz) + params.clip.w > ON_PLANE * length(params.clip.xyz);
  let q = select(p, params.source - 1u - p, params.flip == vec3u(1u));
  result[i] = select(0.0, values[offset(q, params.source)], kept);
}
