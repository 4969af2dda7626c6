/** Stored values: conversion from a value to the number that passes compare, and back. */

import { expect, test } from "playwright/test";
import { keyValue, keyValueOf, storedValues } from "../../src/values/stored-values.ts";
import { volumeOf } from "../support/volumes.ts";

const INTEGERS = BigInt64Array.of(-255_000_000_000_000_000n, -1_000_000_000_000_000n, 0n);
const FLOATS = Float64Array.of(1e9, 1e9 + 0.5, 1e9 + 1);

for (const [name, volume] of Object.entries({
  "int64 far below 0": volumeOf([3, 1, 1], "int64", new Uint8Array(INTEGERS.buffer)),
  "int64 with a falling slope": volumeOf([3, 1, 1], "int64", new Uint8Array(INTEGERS.buffer), { slope: -2 }),
  "float64 with a large offset": volumeOf([3, 1, 1], "float64", new Uint8Array(FLOATS.buffer)),
  "uint16 with slope and intercept": volumeOf([3, 1, 1], "uint16", Uint8Array.of(0, 0, 4, 0, 255, 255), {
    ...{ slope: 0.25, intercept: -1024 },
  }),
})) {
  test(`${name}: a value between the ends has its position among the keys`, async () => {
    const source = await storedValues(volume);
    const { first, last } = source.present;
    const [least, most] = [source.valueOfKey(first), source.valueOfKey(last)];
    for (const part of [0, 0.25, 1]) {
      const value = Math.max(least, -1e18) * (1 - part) + Math.min(most, 1e18) * part;
      const place = keyValueOf(source, value, first);
      expect(Number.isFinite(place)).toBe(true);
      const [low, high] = [keyValueOf(source, least, first), keyValueOf(source, most, first)];
      expect(place).toBeGreaterThanOrEqual(low - 1e-9 * Math.abs(low));
      expect(place).toBeLessThanOrEqual(high + 1e-9 * Math.abs(high));
    }
    // A key's value converts back to the key.
    const middle = source.codes.kind === "float" ? undefined : first + 4;
    if (middle !== undefined && middle <= last) {
      expect(keyValueOf(source, source.valueOfKey(middle), first)).toBeCloseTo(
        keyValue(source.codes, middle, first),
      );
    }
  });
}
