// Requires frame.
// Copies the picture of the sorted quads over the background.

@group(0) @binding(0) var<uniform> frame: Frame;
@group(0) @binding(1) var picture: texture_2d<f32>;

@fragment
fn painted(@builtin(position) position: vec4f) -> @location(0) vec4f {
  let color = textureLoad(picture, vec2i(position.xy), 0);
  return color + (1.0 - color.a) * frame.background;
}
