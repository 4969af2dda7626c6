// Stage 1: stored scalars of any type and byte order to f32 values. One thread a voxel.

struct Params {
  count: u32,  // voxels in this slab
  first: u32,  // index of its first voxel
  slope: f32,
  intercept: f32,
}

const UNSIGNED = 0u;
const SIGNED = 1u;
const FLOAT = 2u;

override KIND: u32;
override BYTES: u32;
override BIG_ENDIAN: bool;

@group(0) @binding(0) var<uniform> params: Params;
@group(0) @binding(1) var<storage, read> stored: array<u32>;
@group(0) @binding(2) var<storage, read_write> values: array<f32>;

fn swap_bytes(word: u32) -> u32 {
  return (word << 24u) | ((word & 0xff00u) << 8u) | ((word >> 8u) & 0xff00u) | (word >> 24u);
}

// One or two bytes, in the low bits.
fn narrow(i: u32) -> u32 {
  if (BYTES == 1u) {
    return (stored[i / 4u] >> (8u * (i % 4u))) & 0xffu;
  }
  let half = (stored[i / 2u] >> (16u * (i % 2u))) & 0xffffu;
  return select(half, swap_bytes(half) >> 16u, BIG_ENDIAN);
}

fn narrow_value(i: u32) -> f32 {
  let bits = narrow(i);
  if (KIND == UNSIGNED) {
    return f32(bits);
  }
  if (KIND == FLOAT) {
    if ((bits & 0x7c00u) == 0x7c00u) {
      return MISSING;
    }
    return unpack2x16float(bits).x;
  }
  let unused = 32u - 8u * BYTES;
  return f32(bitcast<i32>(bits << unused) >> unused);
}

fn is_finite(bits: u32) -> bool {
  return (bits & 0x7f800000u) != 0x7f800000u;
}

fn single_value(i: u32) -> f32 {
  let bits = select(stored[i], swap_bytes(stored[i]), BIG_ENDIAN);
  if (KIND == UNSIGNED) {
    return f32(bits);
  }
  if (KIND == SIGNED) {
    return f32(bitcast<i32>(bits));
  }
  if (!is_finite(bits)) {
    return MISSING;
  }
  return bitcast<f32>(bits);
}

fn integer64(high: u32, low: u32) -> f32 {
  let negative = KIND == SIGNED && (high >> 31u) == 1u;
  let borrow = select(0u, 1u, low == 0u);
  let h = select(high, ~high + borrow, negative);
  let l = select(low, ~low + 1u, negative);
  let magnitude = f32(h) * 4294967296.0 + f32(l);
  return select(magnitude, -magnitude, negative);
}

// IEEE 754 binary64 to binary32, rounded to nearest even; too small becomes 0, too large is missing.
fn float64(high: u32, low: u32) -> f32 {
  let exponent = i32((high >> 20u) & 0x7ffu) - 1023 + 127;
  if (exponent <= 0) {
    return 0.0;
  }
  if (exponent >= 255) {
    return MISSING;
  }
  let mantissa = ((high & 0xfffffu) << 3u) | (low >> 29u);
  let rest = low & 0x1fffffffu;
  let up = rest > 0x10000000u || (rest == 0x10000000u && (mantissa & 1u) == 1u);
  let bits = ((u32(exponent) << 23u) | mantissa) + select(0u, 1u, up);
  if (!is_finite(bits)) {
    return MISSING;
  }
  return bitcast<f32>(bits | (high & 0x80000000u));
}

fn double_value(i: u32) -> f32 {
  let a = stored[2u * i];
  let b = stored[2u * i + 1u];
  let high = select(b, swap_bytes(a), BIG_ENDIAN);
  let low = select(a, swap_bytes(b), BIG_ENDIAN);
  if (KIND == FLOAT) {
    return float64(high, low);
  }
  return integer64(high, low);
}

fn stored_value(i: u32) -> f32 {
  if (BYTES < 4u) {
    return narrow_value(i);
  }
  if (BYTES == 4u) {
    return single_value(i);
  }
  return double_value(i);
}

@compute @workgroup_size(WORKGROUP)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  let i = element(id, groups);
  if (i >= params.count) {
    return;
  }
  var value = stored_value(i);
  if (value != MISSING) {
    value = value * params.slope + params.intercept;
    if (!is_finite(bitcast<u32>(value))) {
      value = MISSING;
    }
  }
  values[params.first + i] = value;
}
