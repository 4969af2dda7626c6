// Requires common, field, brick-range, filled-range, page-slots, paged-words.
// The brick table of pages: which bricks may be filled, and for the others the distance to the nearest of these (see
// brick-distance.wgsl), within the page. Marks pages without filled bricks. One workgroup per page.

const REACH = 6u;
const MAX_BRICKS = 4096u;

struct Params {
  count: u32,  // pages
}

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(2) var<storage, read> ranges: array<u32>;
@group(0) @binding(3) var<storage, read> filled_below: array<u32>;
@group(0) @binding(4) var<storage, read_write> bricks: array<u32>;
@group(0) @binding(5) var<storage, read_write> pages: array<u32>;

// Distances of 8 bits, four per word.
var<workgroup> distances: array<atomic<u32>, MAX_BRICKS / 4u>;
var<workgroup> filled: atomic<u32>;

fn distance_of(number: u32) -> u32 {
  return (atomicLoad(&distances[number / 4u]) >> (8u * (number % 4u))) & 255u;
}

@compute @workgroup_size(WORKGROUP)
fn main(
  @builtin(workgroup_id) group: vec3u,
  @builtin(num_workgroups) groups: vec3u,
  @builtin(local_invocation_index) local: u32,
) {
  // Every thread of a workgroup takes the same branches, as barriers need uniform control flow.
  let slot = min(group.y * groups.x + group.x, params.count - 1u);
  let side = page_bricks();
  let total = side * side * side;
  let pool_bricks = bricks_of(field.dims);
  for (var i = local; i < total; i += WORKGROUP) {
    let brick = slot_brick(slot, i);
    if (may_be_filled(range_of(offset(brick, pool_bricks)))) {
      atomicStore(&filled, 1u);
    } else {
      atomicOr(&distances[i / 4u], REACH << (8u * (i % 4u)));
    }
  }
  workgroupBarrier();
  // Separable: the minimum, over the bricks j steps along an axis, of max(j, their distance over the previous axes).
  for (var axis = 0u; axis < 3u; axis++) {
    var found: array<u32, MAX_BRICKS / WORKGROUP>;
    var n = 0u;
    let strides = vec3u(1u, side, side * side);
    let stride = strides[axis];
    for (var i = local; i < total; i += WORKGROUP) {
      let below = (i / stride) % side;
      let above = side - 1u - below;
      var least = distance_of(i);
      for (var j = 1u; j < least; j++) {
        if (j <= below) {
          least = min(least, max(j, distance_of(i - j * stride)));
        }
        if (j <= above) {
          least = min(least, max(j, distance_of(i + j * stride)));
        }
      }
      found[n] = least;
      n++;
    }
    workgroupBarrier();
    n = 0u;
    for (var i = local; i < total; i += WORKGROUP) {
      let shift = 8u * (i % 4u);
      atomicAnd(&distances[i / 4u], ~(255u << shift));
      atomicOr(&distances[i / 4u], found[n] << shift);
      n++;
    }
    workgroupBarrier();
  }
  for (var i = local; i < total; i += WORKGROUP) {
    let brick = slot_brick(slot, i);
    let least = distance_of(i);
    bricks[offset(brick, pool_bricks)] = select(least, OCCUPIED | pool_bits(brick), least == 0u);
  }
  if (local == 0u) {
    let corner = slots[slot].corner / PAGE;
    let word = RESIDENT | corner.x | (corner.y << 6u) | (corner.z << 12u);
    pages[slots[slot].page] = word | select(EMPTY_PAGE, 0u, atomicLoad(&filled) == 1u);
  }
}
