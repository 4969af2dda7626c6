/** VoxelVolumeError: its message can be shown, whatever a file is called. */
import { expect, test } from "playwright/test";
import { asVoxelVolumeError, VoxelVolumeError } from "../src/errors.ts";
import { fromBytes, readVolume } from "../src/read/index.ts";
import { niftiFile, zip } from "./support/make-volume.ts";

const messageOf = (message: string) => new VoxelVolumeError("corrupt-file", message).message;

test("a message of up to 300 characters stays as it is", () => {
  const message = `é 体 😀 ${"a".repeat(200)} (x). Get the file again.`;
  expect(messageOf(message)).toBe(message);
  expect(messageOf("a".repeat(300))).toBe("a".repeat(300));
});

test("a longer message keeps its beginning and its end", () => {
  const message = messageOf(`a.nii holds "${"x".repeat(60_000)}". Get the file again.`);
  expect(message).toHaveLength(300);
  expect(message).toMatch(/^a\.nii holds "x+…x+"\. Get the file again\.$/);
});

test("line breaks, control characters and bidirectional controls become spaces", () => {
  expect(messageOf("a\r\nb\tc\0d\u2028e\u202ef\u2067g\u200fh\x1b[31mi\x85j")).toBe("a b c d e f g h [31mi j");
  // The halves of characters cut in two.
  expect(messageOf(`${"a".repeat(149)}😀${"b".repeat(60_000)}😀${"c".repeat(148)}`)).toBe(
    `${"a".repeat(149)} …${" "}${"c".repeat(148)}`,
  );
  expect(messageOf("\ud83d alone")).toBe(" alone");
});

test("the message of any other thrown error is one line, too", () => {
  expect(asVoxelVolumeError(new Error("a\nb")).message).toBe("The volume could not be drawn: a b");
});

test("names of 60,000 characters, with line breaks or bidirectional controls, are harmless", async () => {
  const long = "x\n\u202e".repeat(20_000);
  const archive = await zip({
    [`${long}/a.nii`]: niftiFile({ dims: [2, 2, 2] }),
    [`${long}.txt`]: new Uint8Array(9),
  });
  const sources = [
    fromBytes(`${long}.nii`, new Uint8Array(500).fill(200)),
    fromBytes(`${long}.nii`, niftiFile({ dims: [9, 9, 9] }).subarray(0, 400)),
    fromBytes(`${long}.zip`, archive),
    fromBytes(`${long}.zip`, await zip({ [long]: new Uint8Array(9) })),
  ];
  for (const source of sources) {
    const error = await readVolume(source, { entry: `${long}2` }).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(VoxelVolumeError);
    expect(error.message).toMatch(/^[^\p{Cc}\p{Bidi_C}]{20,300}$/u);
  }
});
