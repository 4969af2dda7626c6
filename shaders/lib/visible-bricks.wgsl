// Requires face-list. Defines NO_SLOT, slots, slot_of.
// The bricks that a picture shows, in a hash table as large as the picture needs. Its slots hold a brick's number plus 1.

const NO_SLOT = 0xffffffffu;
const PROBES = 32u;

@group(0) @binding(0) var<storage, read_write> slots: array<atomic<u32>>;

// The slot of a brick, taken for it if need be; NO_SLOT where the table is too full. Without locks: what a thread writes
// into a free slot is final.
fn slot_of(brick: u32) -> u32 {
  let last = arrayLength(&slots) - 1u;
  var slot = (brick * 0x9e3779b1u) >> countLeadingZeros(last);
  for (var probe = 0u; probe < PROBES; probe++) {
    var found = atomicLoad(&slots[slot]);
    if (found == 0u) {
      let taken = atomicCompareExchangeWeak(&slots[slot], 0u, brick + 1u);
      if (taken.exchanged) {
        return slot;
      }
      found = taken.old_value;
      if (found == 0u) {
        continue;  // it failed without a reason, as it may
      }
    }
    if (found == brick + 1u) {
      return slot;
    }
    slot = (slot + 1u) & last;
  }
  return NO_SLOT;
}
