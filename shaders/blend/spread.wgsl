// Requires common, frame, face-list, visible-bricks, and a grid.
// Extends the set of faces to draw: adds the same face of the six neighbouring voxels for each marked face, and the
// other faces of voxels with a marked face. The rasterized edges of a face can be a fraction of a pixel away from where
// rays find them, and a ray may hit the face beside a very thin one. One thread per slot.

@group(0) @binding(1) var<storage, read> marks: array<u32>;
@group(0) @binding(2) var<storage, read_write> wanted: array<atomic<u32>>;  // same layout as the marks
@group(0) @binding(3) var<storage, read_write> draw: DrawArguments;

// The 64 voxels of a brick: z = 0 and 1 in x, z = 2 and 3 in y.
alias Bits = vec2u;

const X_LOW = 0x11111111u;   // voxels with x = 0
const X_HIGH = 0x88888888u;  // voxels with x = 3
const Y_LOW = 0x000f000fu;
const Y_HIGH = 0xf000f000u;

// The bits shifted by one voxel along an axis, without those that leave the brick.
fn within(bits: Bits, axis: u32, up: bool) -> Bits {
  if (axis == 0u) {
    return select((bits & ~Bits(X_LOW)) >> Bits(1u), (bits & ~Bits(X_HIGH)) << Bits(1u), up);
  }
  if (axis == 1u) {
    return select((bits & ~Bits(Y_LOW)) >> Bits(4u), (bits & ~Bits(Y_HIGH)) << Bits(4u), up);
  }
  return select(
    Bits((bits.x >> 16u) | (bits.y << 16u), bits.y >> 16u),
    Bits(bits.x << 16u, (bits.y << 16u) | (bits.x >> 16u)),
    up,
  );
}

// The bits that leave the brick along an axis, at their positions in the neighbouring brick.
fn across(bits: Bits, axis: u32, up: bool) -> Bits {
  if (axis == 0u) {
    return select((bits & Bits(X_LOW)) << Bits(3u), (bits & Bits(X_HIGH)) >> Bits(3u), up);
  }
  if (axis == 1u) {
    return select((bits & Bits(Y_LOW)) << Bits(12u), (bits & Bits(Y_HIGH)) >> Bits(12u), up);
  }
  return select(Bits(0u, bits.x << 16u), Bits(bits.y >> 16u, 0u), up);
}

fn want(slot: u32, axis: u32, bits: Bits) {
  if (bits.x != 0u) {
    atomicOr(&wanted[FACE_WORDS * slot + 2u * axis], bits.x);
  }
  if (bits.y != 0u) {
    atomicOr(&wanted[FACE_WORDS * slot + 2u * axis + 1u], bits.y);
  }
}

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let slot = element(id, groups);
  if (slot >= arrayLength(&slots) || atomicLoad(&draw.overflow) == 1u) {
    return;
  }
  var faces: array<Bits, 3>;
  for (var axis = 0u; axis < 3u; axis++) {
    let first = FACE_WORDS * slot + 2u * axis;
    faces[axis] = Bits(marks[first], marks[first + 1u]);
  }
  let voxels_seen = faces[0] | faces[1] | faces[2];
  if (all(voxels_seen == Bits(0u))) {
    return;
  }
  for (var axis = 0u; axis < 3u; axis++) {
    var bits = voxels_seen;
    for (var along = 0u; along < 3u; along++) {
      bits |= within(faces[axis], along, false) | within(faces[axis], along, true);
    }
    want(slot, axis, bits);
  }
  let grid = bricks_of(frame.dims);
  let here = position(atomicLoad(&slots[slot]) - 1u, grid);
  for (var along = 0u; along < 3u; along++) {
    for (var up = 0u; up < 2u; up++) {
      let is_border = here[along] == select(0u, grid[along] - 1u, up == 1u);
      if (is_border || all(across(voxels_seen, along, up == 1u) == Bits(0u))) {
        continue;
      }
      var there = here;
      there[along] = here[along] + 2u * up - 1u;
      let number = offset(there, grid);
      if (!is_occupied(bricks[number])) {
        continue;
      }
      let neighbour = slot_of(number);
      if (neighbour == NO_SLOT) {
        atomicStore(&draw.overflow, 1u);
        continue;
      }
      for (var axis = 0u; axis < 3u; axis++) {
        want(neighbour, axis, across(faces[axis], along, up == 1u));
      }
    }
  }
}
