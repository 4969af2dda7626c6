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

// Voxels that the gradient looks at, to either side.
const REACH = 2;
// A flat border has a gradient of 14 where steps have length 1; what has less than this is inside, and not darkened.
const FLAT = 6.0;

// Whether a voxel is surrounded by its like along each axis: then it is inside.
fn is_inside_shape(cell: vec3i, word: u32) -> bool {
  for (var axis = 0u; axis < 3u; axis++) {
    for (var step = -REACH; step <= REACH; step++) {
      var beside = cell;
      beside[axis] += step;
      if (!is_inside(beside)) {
        return false;
      }
      let brick = brick_at(beside);
      if (!is_occupied(brick) || likeness(word, word_at(beside, brick)) < alpha_of(word)) {
        return false;
      }
    }
  }
  return true;
}

// On a voxel, from the voxels of its kind around it: towards where there are fewest, nearer ones weigh more.
fn smooth_light_on(cell: vec3i, word: u32) -> f32 {
  if (is_inside_shape(cell, word)) {
    return 1.0;
  }
  let unit = max(abs(frame.voxel.x), max(abs(frame.voxel.y), abs(frame.voxel.z)));
  var away = vec3f(0.0);
  for (var z = -REACH; z <= REACH; z++) {
    for (var y = -REACH; y <= REACH; y++) {
      for (var x = -REACH; x <= REACH; x++) {
        let beside = cell + vec3i(x, y, z);
        if (!is_inside(beside) || all(beside == cell)) {
          continue;
        }
        let brick = brick_at(beside);
        if (is_occupied(brick)) {
          let step = vec3f(vec3i(x, y, z)) * frame.voxel / unit;
          away -= likeness(word, word_at(beside, brick)) * step / dot(step, step);
        }
      }
    }
  }
  let size = length(away);
  return mix(1.0, light_on(away / max(size, 1e-9)), saturate(size / FLAT));
}

// How much a voxel belongs to the shape of another: of labels, whether it has the same one, else its alpha.
fn likeness(word: u32, other: u32) -> f32 {
  return alpha_of(other) * select(1.0, 0.0, frame.is_listed == 1u && color_of(other) != color_of(word));
}
