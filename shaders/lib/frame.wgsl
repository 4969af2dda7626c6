// The camera and the grid's place, shared by every pass that draws. Two spaces: the box (the unit cube that
// the camera looks at) and the grid (voxel i of the cut volume spans i to i + 1 on each axis).

struct View {
  clip_from_box: mat4x4f,
  eye: vec4f,        // grid units; w = 1: a point (perspective), w = 0: the direction to it (orthographic)
  origin: vec3f,     // low corner of the grid in the box
  opacity: f32,
  voxel: vec3f,      // sides of a voxel in the box
  side: f32,         // of a drawn voxel as a fraction of its cell: 1 - explode
  dims: vec3u,       // voxels of the grid
  window: vec3f,     // grid units: where the ray of the pixel position (0, 0) meets the plane through the box's
  window_x: vec3f,   // centre that faces the camera; how far that point moves a pixel to the right,
  window_y: vec3f,   // and a pixel down
  pixels: vec2u,     // of the picture
  background: vec4f, // premultiplied
  edge: vec4f,       // of an explicit grid, here and below: colour of its lines, straight
  edge_width: f32,   // in pixels
  hide_inner: u32,   // 1: no faces between two filled voxels
}

fn towards_eye(view: View, point: vec3f) -> vec3f {
  return view.eye.xyz - view.eye.w * point;
}
