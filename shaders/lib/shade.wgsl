// Requires common, voxel, brick, frame and a grid. Defines NO_SHADE, FACES, SMOOTH, SHADE, light_on, side_light_on,
// smooth_light_on.
// Lighting of voxels: factors that darken their colours.

const NO_SHADE = 0u;
const FACES = 1u;   // by the normal of each face
const SMOOTH = 2u;  // by the gradient of the filled voxels around a voxel

// An override, not a uniform: with a uniform, rays through unlit voxels would take nearly twice as long.
override SHADE: u32 = NO_SHADE;

// matplotlib's `_shade_colors` (mpl_toolkits.mplot3d.art3d): from 0.3, facing away from the light, to 1.
fn light_on(normal: vec3f) -> f32 {
  return 0.65 + 0.35 * dot(normal, frame.light);
}

// Light on the high or the low side of a voxel along an axis.
fn side_light_on(axis: u32, high: bool) -> f32 {
  let outwards = select(-1.0, 1.0, high) * sign(frame.voxel[axis]);
  return 0.65 + 0.35 * outwards * frame.light[axis];
}

// Number of voxels to either side that the gradient takes into account. More is smoother. Rays through translucent
// labels meet many voxels, so labels use fewer.
const REACH = 2;
const LABEL_REACH = 1;
// Voxels with a smaller gradient are inside the shape and are darkened less. For steps of length 1, a flat border has
// about twice this gradient.
const FLAT = 6.0;
const LABEL_FLAT = 3.5;

// Light on a voxel from the similar voxels around it. The normal points to where there are fewest; nearer voxels weigh
// more.
fn smooth_light_on(cell: vec3i, word: u32) -> f32 {
  let is_label = frame.is_listed == 1u;
  let reach = select(REACH, LABEL_REACH, is_label);
  let unit = max(abs(frame.voxel.x), max(abs(frame.voxel.y), abs(frame.voxel.z)));
  var away = vec3f(0.0);
  for (var z = -reach; z <= reach; z++) {
    for (var y = -reach; y <= reach; y++) {
      for (var x = -reach; x <= reach; x++) {
        if (x != 0 || y != 0 || z != 0) {
          away += away_from(cell, word, vec3i(x, y, z), unit);
        }
      }
    }
  }
  let size = length(away);
  let border = select(FLAT, LABEL_FLAT, is_label);
  return mix(1.0, light_on(away / max(size, 1e-9)), saturate(size / border));
}

// Contribution of a neighbour to the gradient.
fn away_from(cell: vec3i, word: u32, step: vec3i, unit: f32) -> vec3f {
  let beside = cell + step;
  if (!is_inside(beside)) {
    return vec3f(0.0);
  }
  let brick = brick_at(beside);
  if (!is_occupied(brick)) {
    return vec3f(0.0);
  }
  let along = vec3f(step) * frame.voxel / unit;
  return -likeness(word, word_at(beside, brick)) * along / dot(along, along);
}

// How much a voxel belongs to the same shape as another. Labels: whether both have the same label, otherwise its alpha.
fn likeness(word: u32, other: u32) -> f32 {
  return alpha_of(other) * select(1.0, 0.0, frame.is_listed == 1u && color_of(other) != color_of(word));
}
