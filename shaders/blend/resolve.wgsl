// Requires nothing. Copies the mean of several samples per pixel into the picture.

@group(0) @binding(0) var mean: texture_2d<f32>;

@fragment
fn resolve(@builtin(position) position: vec4f) -> @location(0) vec4f {
  return textureLoad(mean, vec2i(position.xy), 0);
}
