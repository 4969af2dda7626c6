// Requires front-to-back. blend="exact": one ray per pixel.

@fragment
fn exact(@builtin(position) position: vec4f) -> @location(0) vec4f {
  return front_to_back(position.xy);
}
