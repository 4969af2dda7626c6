/** One entry of a zip archive as jszip holds it: its size, and its bytes as a stream that can be stopped. */
import type JSZip from "jszip";
import { type ByteStream, MAX_INFLATION } from "./file.ts";

/** What jszip's types leave out. `_data` is private: nothing relies on its being there. */
type Entry = JSZip.JSZipObject & {
  readonly _data?: Partial<Record<"compressedSize" | "uncompressedSize" | "crc32", number>>;
  internalStream(type: "uint8array"): JSZip.JSZipStreamHelper<Uint8Array<ArrayBuffer>>;
};

/** The size that the directory gives, or less where that cannot be true, in bytes. */
export function inflatedSize(object: JSZip.JSZipObject, archiveSize: number): number {
  const { compressedSize = archiveSize, uncompressedSize } = (object as Entry)._data ?? {};
  // jszip reads 32-bit sizes as signed.
  const most = (compressedSize >>> 0) * MAX_INFLATION;
  return uncompressedSize === undefined ? most : Math.min(uncompressedSize >>> 0, most);
}

/** The inflated bytes; the stream fails where they are damaged, not of the size given or of another CRC-32. */
export function inflated(object: JSZip.JSZipObject): ByteStream {
  const entry = object as Entry;
  const source = entry.internalStream("uint8array");
  const expected = entry._data?.crc32;
  let crc = 0;
  let open = true;
  return new ReadableStream({
    start(controller) {
      source
        .on("data", (chunk) => {
          // Pausing takes effect between two pieces of input, and one piece may inflate to many chunks.
          if (!open) return;
          crc = crc32(chunk, crc);
          controller.enqueue(chunk);
          if ((controller.desiredSize ?? 0) <= 0) source.pause();
        })
        .on("error", (cause) => {
          if (open) controller.error(cause);
          open = false;
        })
        .on("end", () => {
          if (!open) return;
          open = false;
          if (expected === undefined || crc === expected >>> 0) controller.close();
          else controller.error(new Error("the CRC-32 differs"));
        });
    },
    pull() {
      source.resume();
    },
    cancel() {
      open = false;
      source.pause();
    },
  });
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

/** CRC-32 (ISO 3309, as in zip) of bytes that follow others with the checksum `before`. */
function crc32(bytes: Uint8Array, before: number): number {
  let crc = ~before;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ CRC_TABLE[(crc ^ bytes[i]) & 0xff];
  return ~crc >>> 0;
}
