// Weighted-blended order-independent transparency (McGuire and Bavoil, Journal of Computer Graphics
// Techniques 2013): one accumulation of the faces, in any order, into two targets. The weight is the
// voxel's transmittance towards the camera, which `visible.wgsl` knows, in place of a guess from depth.

// A pixel that sees only what its voxels' centres cannot see still needs a colour.
const LEAST_WEIGHT = 1e-4;

struct Sums {
  @location(0) color: vec4f,    // added: alpha * weight * (rgb, 1)
  @location(1) covered: f32,    // multiplied into the target as 1 - alpha
}

@fragment
fn accumulate(face: Face) -> Sums {
  let weight = max(face.transmittance, LEAST_WEIGHT);
  return Sums(face.color.a * weight * vec4f(face.color.rgb, 1.0), face.color.a);
}
