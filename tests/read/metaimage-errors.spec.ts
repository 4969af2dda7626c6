/** MetaImage: unsupported and damaged files. */
import { deflateSync } from "node:zlib";
import { expect, test } from "playwright/test";
import { fromBytes } from "../../src/read/index.ts";
import { bytes, type MetaFields, metaHeader, mha, mhd } from "../support/make-metaimage.ts";
import { concat } from "../support/make-volume.ts";
import { text } from "../support/text.ts";
import { expectError, read } from "./support.ts";

test("unsupported files", async () => {
  await expectError(
    read(mha({ ElementType: "MET_STRING" })),
    "unsupported-format",
    "MET_STRING",
    "MET_DOUBLE",
  );
  await expectError(read(mha({ ObjectType: "Tube" })), "unsupported-format", "Tube");
  for (const ElementDataFile of ["../b.raw", "/b.raw", "C:\\b.raw", "http://example.com/b.raw"]) {
    await expectError(
      read(mhd({ ElementDataFile }, { "b.raw": bytes })),
      "unsupported-format",
      "a.mhd",
      ElementDataFile,
    );
  }
  await expectError(read(mhd({ ElementDataFile: "b.raw" }, {})), "entry-not-found", "b.raw", "missing");
});

test("long fields are parsed as fast as others", async () => {
  const before = performance.now();
  for (const ElementDataFile of ["%d".repeat(2e5), `%d${" 1".repeat(2e5)}x`, " ".repeat(4e5)]) {
    await expect(read(mha({ ElementDataFile }))).rejects.toMatchObject({ name: "VoxelVolumeError" });
  }
  expect(performance.now() - before).toBeLessThan(5000);
});

test("damaged headers and voxels", async () => {
  for (const name of ["NDims", "DimSize", "ElementType"]) {
    const lines = metaHeader({})
      .split("\n")
      .filter((line) => !line.startsWith(name));
    await expectError(
      read(fromBytes("a.mha", concat(text(lines.join("\n")), bytes))),
      "corrupt-file",
      "a.mha",
      name,
    );
  }
  const endless = metaHeader({}).replace(/ElementDataFile.*\n/, "");
  await expectError(read(fromBytes("a.mha", text(endless))), "corrupt-file", "ElementDataFile");
  await expectError(
    read(fromBytes("a.mha", text(endless + "Comment = x\n".repeat(1e5)))),
    "corrupt-file",
    "1,048,576",
  );
  for (const [fields, ...words] of [
    [{ DimSize: "7 -5 3" }, "7 -5 3"],
    [{ DimSize: "7 0 3" }, "7 0 3"],
    [{ DimSize: "7 nan 3" }, "7 nan 3"],
    [{ DimSize: "1e9 1e9 1e9" }, "1e9 1e9 1e9"],
    [{ NDims: 4, DimSize: "7 5 3" }, "7 5 3"],
    [{ NDims: 1e9 }, "NDims"],
    [{ NDims: "three" }, "three"],
    [{ ElementNumberOfChannels: -1 }, "ElementNumberOfChannels"],
    [{ ElementNumberOfChannels: 1e9 }, "a.mha"],
    [{ HeaderSize: -2 }, "HeaderSize"],
    [{ HeaderSize: 1e9 }, "cut off"],
    [{ HeaderSize: -1, CompressedData: "True" }, "unknown length"],
    [{ CompressedData: "True" }, "compressed data"],
    [{ BinaryData: "False" }, "numbers"],
    [{ DimSize: "20000 20000 20000" }, "16,000,000,000,000"],
    [{ DimSize: "20000 20000 20000", CompressedData: "True" }, "16,000,000,000,000"],
  ] as [MetaFields, ...string[]][]) {
    const error = await expectError(read(mha(fields)), "corrupt-file", "a.mha", ...words);
    expect(error.message.length).toBeLessThan(300);
  }
  const front = text(metaHeader({ CompressedData: "True" }));
  const packed = new Uint8Array(deflateSync(bytes));
  for (let end = 1; end < packed.length; end += 5) {
    await expectError(
      read(fromBytes("a.mha", concat(front, packed.subarray(0, end)))),
      "corrupt-file",
      "a.mha",
    );
  }
  const wrong = packed.slice();
  wrong[packed.length - 1] ^= 1;
  await expectError(read(fromBytes("a.mha", concat(front, wrong))), "corrupt-file", "a.mha");
});
