// The second pass of weighted blending: mean colour of a pixel's faces over what shines through them all.

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var color_sums: texture_2d<f32>;
@group(0) @binding(2) var shine: texture_2d<f32>;

@fragment
fn composite(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let pixel = vec2i(position.xy);
  let sums = textureLoad(color_sums, pixel, 0);
  let through = textureLoad(shine, pixel, 0).r;
  let color = vec4f(sums.rgb / max(sums.a, 1e-30), 1.0);
  return select(vec4f(0.0), color * (1.0 - through), sums.a > 0.0) + through * view.background;
}
