// Requires field, rows (pool-rows or slab-rows), and a binding `ranges: array<u32>` to write (see brick-range.wgsl).
// Defines set_range, range_of_brick: the least and greatest key of a brick.

fn set_range(brick: u32, range: vec2u) {
  if (BYTES == 4u) {
    ranges[2u * brick] = range.x;
    ranges[2u * brick + 1u] = range.y;
  } else {
    ranges[brick] = (range.x & 0xffffu) | (range.y << 16u);
  }
}

fn range_of_brick(corner: vec3u) -> vec2u {
  let size = min(vec3u(BRICK), field.dims - corner);
  let is_in_row = vec4u(0u, 1u, 2u, 3u) < vec4u(size.x);
  var least = vec4u(0xffffffffu);
  var most = vec4u(0u);
  for (var z = 0u; z < size.z; z++) {
    for (var y = 0u; y < size.y; y++) {
      let row = row_of(corner + vec3u(0u, y, z));
      let keys = vec4u(key_of(row.x), key_of(row.y), key_of(row.z), key_of(row.w));
      let counts = is_in_row & (keys >= vec4u(field.first_key)) & (keys <= vec4u(field.last_key));
      least = min(least, select(vec4u(0xffffffffu), keys, counts));
      most = max(most, select(vec4u(0u), keys, counts));
    }
  }
  let low = min(least.xy, least.zw);
  let high = max(most.xy, most.zw);
  return vec2u(min(low.x, low.y), max(high.x, high.y));
}
