/** Memory grows with the bytes that arrive, not with a header's claim. */
import { randomBytes } from "node:crypto";
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { GrowingBytes } from "../../src/read/util/memory.ts";
import { concat, gzip, niftiHeader, zip } from "../support/make-volume.ts";
import { expectError, read } from "./support.ts";

test("memory grows by factors of four up to the requested size, and ends there", () => {
  const most = 10_000_000;
  const out = new GrowingBytes("a", most, 100_000);
  const sizes = new Set([out.bytes.buffer.byteLength]);
  const chunk = Uint8Array.from({ length: 9_999 }, (_, i) => i);
  for (let at = 0; at < most; at += chunk.length) {
    out.push(chunk.subarray(0, most - at));
    sizes.add(out.bytes.buffer.byteLength);
  }
  const [first, ...later] = sizes;
  expect(first).toBeLessThan(400_000);
  expect(later.length).toBeGreaterThan(1);
  expect(later.at(-1)).toBe(most);
  // In the last step, one of the two blocks is a quarter of the other.
  expect(later.at(-2)).toBeLessThan(0.26 * most);
  expect(out.bytes).toHaveLength(most);
  expect(out.bytes[most - 1]).toBe(((most - 1) % chunk.length) & 255);
});

test("the likely size is allocated at once", () => {
  expect(new GrowingBytes("a", 10_000_000, 9_000_000).bytes.buffer.byteLength).toBe(10_000_000);
  expect(new GrowingBytes("a", 1000, 0).bytes.buffer.byteLength).toBe(1000);
});

test("a compressed file of 1 MB that claims a gigabyte takes a small part of that before it is refused", async () => {
  const liar = concat(
    niftiHeader({ dims: [1024, 1024, 1024], dtype: "uint8" }),
    new Uint8Array(4),
    randomBytes(1 << 20),
  );
  const zipped = await zip({ "a.nii": liar });
  const view = new DataView(zipped.buffer);
  view.setUint32(view.getUint32(zipped.length - 6, true) + 24, 2 ** 30 + 352, true);
  const inner = await zip({ "a.nii.gz": await gzip(liar) });
  const Plain = globalThis.Uint8Array;
  let largest = 0;
  const spy = new Proxy(Plain, {
    construct(target, parameters, newTarget) {
      const made = Reflect.construct(
        target,
        parameters,
        newTarget === spy ? target : newTarget,
      ) as Uint8Array;
      largest = Math.max(largest, made.buffer.byteLength);
      return made;
    },
  });
  globalThis.Uint8Array = spy;
  try {
    for (const [name, bytes] of [
      ["a.nii.gz", await gzip(liar)],
      ["a.zip", zipped],
      ["inner.zip", inner],
    ] as const) {
      largest = 0;
      await expectError(read(fromBytes(name, bytes)), "corrupt-file");
      expect(largest, name).toBeGreaterThan(1 << 20);
      expect(largest, name).toBeLessThan(1 << 27);
    }
  } finally {
    globalThis.Uint8Array = Plain;
  }
});
