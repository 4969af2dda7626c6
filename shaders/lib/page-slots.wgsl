// Requires brick. Defines PAGE, Slot, slots, page_bricks, slot_brick.
// The pages of a pool that a pass works on.

override PAGE: u32 = 32u;

struct Slot {
  corner: vec3u,  // corner in the pool, in voxels
  page: u32,      // number in the page table
}

@group(0) @binding(1) var<storage, read> slots: array<Slot>;

// Bricks along each axis of a page.
fn page_bricks() -> u32 {
  return PAGE / BRICK;
}

// Corner in the pool, in bricks, of a brick of a page.
fn slot_brick(slot: u32, number: u32) -> vec3u {
  return slots[slot].corner / BRICK + position(number, vec3u(page_bricks()));
}
