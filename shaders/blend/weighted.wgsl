// Weighted-blended order-independent transparency (McGuire and Bavoil, Journal of Computer Graphics
// Techniques 2013): one accumulation of the faces, in any order, into two targets. Their weights guess from a
// face's depth how much hides it; here the weight is what the grid says: the transmittance of the voxels
// between this point of the face and the eye. See docs/transparency.md.

// Less than this cannot change an 8-bit pixel.
const SPENT = 1.0 / 4096.0;

struct Sums {
  @location(0) color: vec4f,    // added: alpha * weight * (rgb, 1)
  @location(1) covered: f32,    // multiplied into the target as 1 - alpha
}

// Product of (1 - alpha)^2 over the voxels between `cell` and the eye, at a pixel position.
fn transmittance(pixel: vec2f, cell: vec3i) -> f32 {
  let ray = returning(pixel_ray(pixel));
  var walk = Walk(leave(ray, cell, 1), cell, 0u);
  var left = 1.0;
  while (left >= SPENT && next_hit(ray, &walk)) {
    left *= 1.0 - veil(ray, walk.hit, walk.word);
  }
  return left;
}

@fragment
fn accumulate(face: Face) -> Sums {
  let weight = max(transmittance(face.position.xy, face.cell), SPENT);
  let color = face_light(face.position.xy, face.cell, face.color);
  return Sums(weight * color, color.a);
}
