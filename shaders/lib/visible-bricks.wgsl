// Requires face-list. Defines NO_SLOT, slots, slot_of.
// The visible bricks of a picture, in a hash table sized for the picture. A slot holds the brick's number plus 1.

const NO_SLOT = 0xffffffffu;
const PROBES = 32u;

@group(0) @binding(0) var<storage, read_write> slots: array<atomic<u32>>;

// The slot of a brick, claimed if necessary; NO_SLOT if the table is too full. Lock-free: a free slot is written once
// and never changes again.
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
        continue;  // a weak compare-exchange may fail spuriously
      }
    }
    if (found == brick + 1u) {
      return slot;
    }
    slot = (slot + 1u) & last;
  }
  return NO_SLOT;
}
