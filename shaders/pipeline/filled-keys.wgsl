// Requires common, field.
// For each key, the number of lower keys that the table maps to filled voxels. Two look-ups then tell whether a brick's
// range of keys is empty, whatever the table. One workgroup, with an equal share of the keys per thread.

@group(0) @binding(0) var<storage, read> table: array<u32>;
@group(0) @binding(1) var<storage, read_write> filled_below: array<u32>;  // one more than there are keys

var<workgroup> shares: array<u32, WORKGROUP>;

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(local_invocation_index) local: u32) {
  let keys = arrayLength(&table);
  let first = local * keys / WORKGROUP;
  let end = (local + 1u) * keys / WORKGROUP;
  var count = 0u;
  for (var key = first; key < end; key++) {
    count += select(0u, 1u, is_filled(table[code_of(key)]));
  }
  shares[local] = count;
  workgroupBarrier();
  var below = 0u;
  for (var k = 0u; k < local; k++) {
    below += shares[k];
  }
  for (var key = first; key < end; key++) {
    filled_below[key] = below;
    below += select(0u, 1u, is_filled(table[code_of(key)]));
  }
  if (local == WORKGROUP - 1u) {
    filled_below[keys] = below;
  }
}
