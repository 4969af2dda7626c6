// Requires nothing. Defines Frame, towards_eye.
// The camera, shared by all drawing passes. There are two coordinate spaces: the box (in the unit cube) and the grid
// (voxel i of the stored array spans i to i + 1 on each axis; a flipped axis is reversed in the box).

struct Frame {
  clip_from_box: mat4x4f,
  eye: vec4f,        // grid units; w = 1: a point (perspective), w = 0: the direction to it (orthographic)
  origin: vec3f,     // corner of voxel 0, 0, 0 in the box
  opacity: f32,
  voxel: vec3f,      // steps from voxel to voxel in the box; negative on a flipped axis
  side: f32,         // side of a drawn voxel as a fraction of its cell, 1 - explode
  dims: vec3u,       // voxels of the whole grid
  edge_width: f32,   // width of an explicit grid's lines, in pixels
  window: vec3f,     // grid units: where the ray of pixel position (0, 0) meets the target plane
  hide_inner: u32,   // 1: omit an explicit grid's faces between filled voxels
  window_x: vec3f,   // offset of that point, one pixel to the right
  window_y: vec3f,   // offset of that point, one pixel down
  pixels: vec2u,     // size of the picture
  depth: vec2f,      // t (see traverse.wgsl) at the box's nearest and farthest corner
  background: vec4f, // premultiplied
  edge: vec4f,       // colour of an explicit grid's lines, straight
  light: vec3f,      // direction to the light, in the box
  is_lit: u32,       // 1: sorted quads are lit; for rays, see SHADE in shade.wgsl
  is_listed: u32,    // 1: the colours are those of labels
}

fn towards_eye(frame: Frame, point: vec3f) -> vec3f {
  return frame.eye.xyz - frame.eye.w * point;
}
