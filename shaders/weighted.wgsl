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
  let away = pixel_ray(pixel);
  let ray = ray_along(away.start, -away.direction);
  var left = 1.0;
  var at = next_cell(ray, cell);
  loop {
    at = after_empty(ray, at);
    if (!is_inside(at.cell) || at.t >= -eye_t()) {
      break;
    }
    let next = next_cell(ray, at.cell);
    let word = word_at(at.cell);
    if (is_filled(word)) {
      var hit = vec2f(at.t, next.t);
      if (view.side < 1.0) {
        hit = voxel_span(ray, at.cell);
      }
      if (hit.x < hit.y && hit.y < -eye_t()) {
        left *= 1.0 - voxel_alpha(alpha_of(word) * view.opacity);
        if (left < SPENT) {
          break;
        }
      }
    }
    at = next;
  }
  return left;
}

@fragment
fn accumulate(face: Face) -> Sums {
  let weight = max(transmittance(face.position.xy, face.cell), SPENT);
  return Sums(face.color.a * weight * vec4f(face.color.rgb, 1.0), face.color.a);
}
