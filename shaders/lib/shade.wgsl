// Requires common, voxel, brick, frame and a grid. Defines NO_SHADE, FACES, SMOOTH, SHADE, light_on, side_light_on,
// smooth_light_on.
// Light on voxels: the factors by which colours are darkened.

const NO_SHADE = 0u;
const FACES = 1u;   // by the direction of each face
const SMOOTH = 2u;  // by the gradient of what is filled around a voxel

// Not a uniform: rays through voxels without light would take nearly twice as long.
override SHADE: u32 = NO_SHADE;

// matplotlib's `_shade_colors` (mpl_toolkits.mplot3d.art3d): from 0.3, away from the light, to 1.
fn light_on(normal: vec3f) -> f32 {
  return 0.65 + 0.35 * dot(normal, frame.light);
}

// On the high or the low side of a voxel across an axis.
fn side_light_on(axis: u32, high: bool) -> f32 {
  let outwards = select(-1.0, 1.0, high) * sign(frame.voxel[axis]);
  return 0.65 + 0.35 * outwards * frame.light[axis];
}

// Voxels that the gradient looks at to either side: the more, the smoother. Rays meet many voxels of translucent labels,
// for which fewer have to do.
const REACH = 2;
const LABEL_REACH = 1;
// What has a gradient below this is inside, and less darkened; that of a flat border is twice as large, about, where steps
// have length 1.
const FLAT = 6.0;
const LABEL_FLAT = 3.5;

// On a voxel, from the voxels of its kind around it: towards where there are fewest, nearer ones weigh more.
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

// What a neighbour adds to the gradient.
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

// How much a voxel belongs to the shape of another: of labels, whether it has the same one, else its alpha.
fn likeness(word: u32, other: u32) -> f32 {
  return alpha_of(other) * select(1.0, 0.0, frame.is_listed == 1u && color_of(other) != color_of(word));
}
