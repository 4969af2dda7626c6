// blend="exact": one ray a pixel.

@group(0) @binding(0) var<uniform> view: View;
@group(0) @binding(1) var<storage, read> voxels: array<u32>;
@group(0) @binding(2) var<storage, read> palette: array<u32>;

@fragment
fn exact(@builtin(position) position: vec4f) -> @location(0) vec4f {
  return front_to_back(position.xy);
}
