// Requires nothing. Defines KIND, BYTES, key_of, code_of, key_value.
// Scalars in the form that the file stores. A code is the bits of a scalar; a key is an unsigned number whose order is
// that of the values.

const UNSIGNED = 0u;
const SIGNED = 1u;
const FLOAT = 2u;

override KIND: u32 = UNSIGNED;
override BYTES: u32 = 1u;
override BIG_ENDIAN: bool = false;
override FALLING: bool = false;  // the file's slope is negative, so larger scalars are smaller values

fn ones() -> u32 {
  return 0xffffffffu >> (32u - 8u * BYTES);
}

fn sign_bit() -> u32 {
  return 1u << (8u * BYTES - 1u);
}

fn swap_bytes(word: u32) -> u32 {
  if (BYTES == 2u) {
    return ((word & 0xffu) << 8u) | (word >> 8u);
  }
  return (word << 24u) | ((word & 0xff00u) << 8u) | ((word >> 8u) & 0xff00u) | (word >> 24u);
}

fn in_order(code: u32) -> u32 {
  if (BIG_ENDIAN && BYTES > 1u) {
    return swap_bytes(code);
  }
  return code;
}

fn key_of(code: u32) -> u32 {
  var key = in_order(code);
  if (KIND == SIGNED) {
    key ^= sign_bit();
  } else if (KIND == FLOAT) {
    key = select(key ^ sign_bit(), ~key & ones(), (key & sign_bit()) != 0u);
  }
  if (FALLING) {
    key = ~key & ones();
  }
  return key;
}

// The bits of a key's scalar, little-endian.
fn scalar_bits(ordered: u32) -> u32 {
  var key = ordered;
  if (FALLING) {
    key = ~key & ones();
  }
  if (KIND == SIGNED) {
    key ^= sign_bit();
  } else if (KIND == FLOAT) {
    key = select(~key & ones(), key ^ sign_bit(), (key & sign_bit()) != 0u);
  }
  return key;
}

fn code_of(key: u32) -> u32 {
  return in_order(scalar_bits(key));
}

// A number that is linear in the values and has their order. For integers it is the distance from `origin`, which keeps
// differences that f32 would lose. Keys of an overview's other levels may be below it.
fn key_value(key: u32, origin: u32) -> f32 {
  if (KIND != FLOAT) {
    return select(f32(key - origin), -f32(origin - key), key < origin);
  }
  let bits = scalar_bits(key);
  let value = select(unpack2x16float(bits).x, bitcast<f32>(bits), BYTES == 4u);
  return select(value, -value, FALLING);
}
