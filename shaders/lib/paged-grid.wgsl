// Requires field, stored-word, frame, ray, shade, paged-words. Defines PAGE, Level, View, pages, voxel_of, level_of, cell_of,
// is_kept_at, brick_of, and what rays and shading need: is_inside, brick_at, word_at, coverage, voxel_light.
// The grid of a volume of several levels, of which parts are on the GPU. Each level is divided into pages: cubes of
// PAGE voxels per side, each with a word in the page table. The field is the pool, which holds the pages that are
// resident. Grid units are voxels of level 0.

override PAGE: u32 = 32u;

const MAX_LEVELS = 16u;

struct Level {
  dims: vec3u,
  first_page: u32,  // number of its first page
  pages: vec3u,     // pages along each axis
  side: f32,        // shortest side of a voxel in the box
  scale: vec3f,     // size of a voxel
  origin: vec3f,    // low corner of the first voxel
}

struct View {
  depth: vec4f,     // t of a point p is dot(depth.xyz, p) + depth.w
  pixel: f32,       // width of a pixel in the box, where t is 0
  perspective: u32, // 1: widths grow with 1 + t
  coarsest: u32,    // the last level, which is complete
  levels: array<Level, MAX_LEVELS>,
}

@group(2) @binding(0) var<uniform> frame: Frame;
@group(2) @binding(1) var<storage, read> bricks: array<u32>;     // see brick.wgsl; of the pool
@group(2) @binding(2) var<storage, read> table: array<u32>;      // one voxel word per code; unused for codes of 4 bytes
@group(2) @binding(3) var<storage, read> palette: array<u32>;    // colours, rgba8unorm
@group(2) @binding(4) var<storage, read> pages: array<u32>;      // the page table
@group(2) @binding(5) var<storage, read> constants: array<u32>;  // codes of constant pages
@group(2) @binding(6) var<uniform> view: View;

fn page_number(level: u32, page: vec3u) -> u32 {
  return view.levels[level].first_page + offset(page, view.levels[level].pages);
}

// The corner of a resident page in the pool.
fn page_corner(word: u32) -> vec3u {
  return PAGE * vec3u(word & 63u, (word >> 6u) & 63u, (word >> 12u) & 63u);
}

// A voxel is its cell in a level, with the level in the high bits of x. Bits 0 to 23 of x are shifted, as neighbours
// of cells may be outside.
const SHIFT = 8;
const LEVEL_SHIFT = 24u;

fn voxel_of(level: u32, cell: vec3i) -> vec3i {
  return vec3i((cell.x + SHIFT) | i32(level << LEVEL_SHIFT), cell.yz);
}

fn level_of(voxel: vec3i) -> u32 {
  return u32(voxel.x) >> LEVEL_SHIFT;
}

fn cell_of(voxel: vec3i) -> vec3i {
  return vec3i((voxel.x & 0xffffff) - SHIFT, voxel.yz);
}

// The low corner of a cell, in grid units.
fn corner_of(level: u32, cell: vec3i) -> vec3f {
  return view.levels[level].origin + vec3f(cell) * view.levels[level].scale;
}

// True if crop and clip plane keep the centre of a cell.
fn is_kept_at(level: u32, cell: vec3i) -> bool {
  let centre = corner_of(level, cell) + 0.5 * view.levels[level].scale;
  return all(centre > vec3f(field.low)) && all(centre < vec3f(field.high))
    && dot(field.clip.xyz, centre) + field.clip.w > field.clip_margin;
}

fn is_inside(voxel: vec3i) -> bool {
  let cell = cell_of(voxel);
  return all(cell >= vec3i(0)) && all(cell < vec3i(view.levels[level_of(voxel)].dims));
}

// The brick word of a position in the pool.
fn brick_of(texel: vec3u) -> u32 {
  return bricks[offset(texel / BRICK, bricks_of(field.dims))];
}

// The brick word of a voxel. CLIPPED marks a constant page here, with the index of its code.
fn brick_at(voxel: vec3i) -> u32 {
  let cell = vec3u(cell_of(voxel));
  let page = pages[page_number(level_of(voxel), cell / PAGE)];
  if ((page & EMPTY_PAGE) != 0u || page == 0u) {
    return 1u;
  }
  if ((page & CONSTANT) != 0u) {
    return OCCUPIED | CLIPPED | (page & 0xffffffu);
  }
  return brick_of(page_corner(page) + cell % PAGE);
}

// The voxel word of a voxel in an occupied brick.
fn word_at(voxel: vec3i, brick: u32) -> u32 {
  let cell = cell_of(voxel);
  if (!is_kept_at(level_of(voxel), cell)) {
    return 0u;
  }
  if ((brick & CLIPPED) != 0u) {
    return stored_word(constants[brick & 0xffffffu]);
  }
  return stored_word(textureLoad(pool, pool_corner(brick) + vec3u(cell) % BRICK, 0).r);
}

// The alpha of one face of a voxel. A voxel of a coarser level stands for as many layers of voxels as a ray would meet
// on average, so that brightness does not depend on the level.
fn face_alpha(ray: Ray, voxel: vec3i, word: u32) -> f32 {
  let alpha = alpha_of(word) * frame.opacity;
  let level = level_of(voxel);
  if (level == 0u) {
    return alpha;
  }
  let along = abs(ray.direction);
  let layers = (along.x + along.y + along.z) / dot(along, 1.0 / view.levels[level].scale);
  return 1.0 - pow(1.0 - alpha, layers);
}

// The combined alpha of the two faces through which a ray passes.
fn coverage(ray: Ray, voxel: vec3i, word: u32) -> f32 {
  return voxel_alpha(face_alpha(ray, voxel, word));
}

// The colour that a voxel adds to a ray, premultiplied.
fn voxel_light(ray: Ray, voxel: vec3i, word: u32) -> vec4f {
  let face = face_alpha(ray, voxel, word);
  let alpha = voxel_alpha(face);
  let color = unpack4x8unorm(palette[color_of(word)]).rgb;
  if (SHADE == SMOOTH) {
    return vec4f(alpha * smooth_light_on(voxel, word) * color, alpha);
  }
  if (SHADE == FACES) {
    let size = view.levels[level_of(voxel)].scale;
    let gap = (0.5 - 0.5 * frame.side) * size;
    let low = corner_of(level_of(voxel), cell_of(voxel));
    let through = passage(ray, low + gap, low + size - gap);
    let front = side_light_on(through.entry, ray.step[through.entry] < 0);
    let back = side_light_on(through.exit, ray.step[through.exit] > 0);
    return vec4f(face * (front + (1.0 - face) * back) * color, alpha);
  }
  return vec4f(alpha * color, alpha);
}
