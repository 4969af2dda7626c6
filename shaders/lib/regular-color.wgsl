// The colours of the grid that the scalar pipeline makes. Wants `view` and `palette` to be bound.

// Of a voxel: straight, with the alpha of entry and exit face together.
fn voxel_color(word: u32) -> vec4f {
  let color = unpack4x8unorm(palette[color_of(word)]).rgb;
  return vec4f(color, voxel_alpha(alpha_of(word) * view.opacity));
}

// What a ray takes from a voxel, premultiplied.
fn light(ray: Ray, cell: vec3i, word: u32) -> vec4f {
  let color = voxel_color(word);
  return vec4f(color.a * color.rgb, color.a);
}

// The same at a pixel position; `color` is the voxel's.
fn face_light(pixel: vec2f, cell: vec3i, color: vec4f) -> vec4f {
  return vec4f(color.a * color.rgb, color.a);
}
