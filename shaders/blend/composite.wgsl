// Requires front-to-back.
// The second pass of weighted blending: composites the mean colour of a pixel's faces over the background that they
// transmit. If no faces were drawn (see choose.wgsl), traces the pixel's ray instead.

@group(0) @binding(0) var<storage, read> draw: array<u32>;  // see face-list.wgsl
@group(0) @binding(1) var color_sums: texture_2d<f32>;
@group(0) @binding(2) var shine: texture_2d<f32>;

@fragment
fn composite(@builtin(position) position: vec4f) -> @location(0) vec4f {
  if (draw[RAYS_WORD] == 1u) {
    return front_to_back(position.xy);
  }
  let pixel = vec2i(position.xy);
  let sums = textureLoad(color_sums, pixel, 0);
  let through = textureLoad(shine, pixel, 0).r;
  let color = vec4f(sums.rgb / max(sums.a, 1e-30), 1.0);
  return select(vec4f(0.0), color * (1.0 - through), sums.a > 0.0) + through * frame.background;
}
