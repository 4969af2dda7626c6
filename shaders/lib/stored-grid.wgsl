// Requires field, stored-word, frame, shade. Defines frame, planes, cell_at, holds, grid_low, grid_high, brick_at, word_at, coverage,
// voxel_color, voxel_light, face_light.
// The grid of a volume: stored scalars whose colours are looked up. Planes are at whole numbers and all faces are
// drawn. explicit-grid.wgsl defines the same for explicit voxels.

@group(2) @binding(0) var<uniform> frame: Frame;
@group(2) @binding(1) var<storage, read> bricks: array<u32>;
@group(2) @binding(2) var<storage, read> table: array<u32>;    // one voxel word per code; unused for codes of 4 bytes
@group(2) @binding(3) var<storage, read> palette: array<u32>;  // colours, rgba8unorm

// The planes through the low corner of a cell.
fn planes(cell: vec3i) -> vec3f {
  return vec3f(cell);
}

// The cell that contains a point.
fn cell_at(point: vec3f) -> vec3i {
  return vec3i(floor(point));
}

fn holds(cell: vec3i, point: vec3f) -> bool {
  return all(cell == cell_at(point));
}

// The low and the high corner of the part of the grid that the crop keeps.
fn grid_low() -> vec3i {
  return vec3i(field.low);
}

fn grid_high() -> vec3i {
  return vec3i(field.high);
}

// The table word of the brick that contains a cell.
fn brick_at(cell: vec3i) -> u32 {
  return bricks[offset(vec3u(cell) / BRICK, bricks_of(frame.dims))];
}

// The voxel word of a cell in an occupied brick.
fn word_at(cell: vec3i, brick: u32) -> u32 {
  if ((brick & CLIPPED) != 0u && !is_kept(vec3u(cell))) {
    return 0u;
  }
  return stored_word(textureLoad(pool, pool_corner(brick) + vec3u(cell) % BRICK, 0).r);
}

// The combined alpha of the two faces through which a ray passes.
fn coverage(ray: Ray, cell: vec3i, word: u32) -> f32 {
  return voxel_alpha(alpha_of(word) * frame.opacity);
}

// The colour of a voxel: straight, with the combined alpha of entry and exit face.
fn voxel_color(cell: vec3i, word: u32) -> vec4f {
  var color = unpack4x8unorm(palette[color_of(word)]).rgb;
  if (SHADE == SMOOTH) {
    color *= smooth_light_on(cell, word);
  }
  return vec4f(color, voxel_alpha(alpha_of(word) * frame.opacity));
}

// The colour that a voxel adds to a ray, premultiplied.
fn voxel_light(ray: Ray, cell: vec3i, word: u32) -> vec4f {
  let color = voxel_color(cell, word);
  if (SHADE != FACES) {
    return vec4f(color.a * color.rgb, color.a);
  }
  let gap = vec3f(0.5 - 0.5 * frame.side);
  let through = passage(ray, vec3f(cell) + gap, vec3f(cell + 1) - gap);
  let alpha = alpha_of(word) * frame.opacity;
  let front = side_light_on(through.entry, ray.step[through.entry] < 0);
  let back = side_light_on(through.exit, ray.step[through.exit] > 0);
  return vec4f(alpha * (front + (1.0 - alpha) * back) * color.rgb, color.a);
}

// The same at a pixel position. `color` is the voxel's colour.
fn face_light(pixel: vec2f, cell: vec3i, word: u32, color: vec4f) -> vec4f {
  if (SHADE == FACES) {
    return voxel_light(pixel_ray(pixel), cell, word);
  }
  return vec4f(color.a * color.rgb, color.a);
}
