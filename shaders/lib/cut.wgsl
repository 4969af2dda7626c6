// Requires field, brick. Defines kept_box, clip_side.

// The corners of the part of a brick that the crop keeps; an empty box if it keeps nothing.
struct Box {
  low: vec3u,
  high: vec3u,
}

fn kept_box(corner: vec3u) -> Box {
  let low = max(corner, field.low);
  return Box(low, max(low, min(corner + BRICK, field.high)));
}

fn is_nothing(box: Box) -> bool {
  return any(box.low >= box.high);
}

const ALL_KEPT = 0u;
const SOME_KEPT = 1u;
const NONE_KEPT = 2u;

// How the clip plane cuts a box of voxels. Its test is linear, so testing the corners is enough.
fn clip_side(box: Box) -> u32 {
  var kept = 0u;
  for (var i = 0u; i < 8u; i++) {
    let high = vec3u(i & 1u, (i >> 1u) & 1u, i >> 2u) == vec3u(1u);
    kept += select(0u, 1u, is_kept(select(box.low, box.high - 1u, high)));
  }
  return select(select(SOME_KEPT, NONE_KEPT, kept == 0u), ALL_KEPT, kept == 8u);
}
