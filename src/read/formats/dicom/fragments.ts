/** Finds the compressed frames of a file, which are stored as fragments (PS3.5, annex A.4), with dicom-parser. */
import dicomParser, { type Element, type Fragment } from "dicom-parser";
import { VoxelVolumeError } from "../../../errors.ts";
import { reason } from "../../sources/source.ts";
import { concat } from "../../util/memory.ts";
import { frameBytes, type Image } from "./image.ts";

/** Bytes read in addition to those of the pixels, for the fragments' headers. */
const MARGIN = 1 << 16;

/** Compressed bytes of each frame. Rejects with `corrupt-file`. */
export async function compressedFrames(image: Image): Promise<Uint8Array[]> {
  const { file, pixels, frames } = image;
  const size = await file.size();
  // Compressed frames are rarely longer than uncompressed ones.
  for (let length = frames * frameBytes(image) + MARGIN; ; length *= 2) {
    const end = Math.min(size, pixels.offset + length);
    const bytes = await file.read(pixels.offset, end);
    const isWhole = end === size || bytes.length < end - pixels.offset;
    try {
      const { fragments, offsets, isClosed } = fragmentsIn(bytes);
      if (!isClosed && !isWhole) continue;
      return framesOf(image, bytes, fragments, offsets);
    } catch (cause) {
      if (cause instanceof VoxelVolumeError) throw cause;
      if (isWhole) throw damaged(image, reason(cause), cause);
    }
  }
}

function damaged({ file }: Image, why: string, cause?: unknown): VoxelVolumeError {
  const message = `${file.path}: its compressed pixels are damaged or cut off (${why.slice(0, 120)}). Get the file again.`;
  return new VoxelVolumeError("corrupt-file", message, { cause });
}

/** The fragments at the beginning of `bytes`; throws if they continue past its end. */
function fragmentsIn(bytes: Uint8Array) {
  const stream = new dicomParser.ByteStream(dicomParser.littleEndianByteArrayParser, bytes, 0);
  const element: Element = { tag: "x7fe00010", length: 0, dataOffset: 0 };
  const warnings: string[] = [];
  dicomParser.findEndOfEncapsulatedElement(stream, element, warnings);
  const { fragments = [], basicOffsetTable = [] } = element;
  return { fragments, offsets: basicOffsetTable, isClosed: warnings.length === 0 };
}

function framesOf(
  image: Image,
  bytes: Uint8Array,
  fragments: readonly Fragment[],
  offsets: readonly number[],
): Uint8Array[] {
  const { frames } = image;
  const parts = fragments.map(({ position, length }) => bytes.subarray(position, position + length));
  const starts = firstFragments(image, fragments, offsets, parts);
  if (!starts) throw damaged(image, `${fragments.length} fragments for ${frames} frames`);
  return starts.map((start, i) => {
    const own = parts.slice(start, starts[i + 1] ?? parts.length);
    return own.length === 1 ? own[0] : concat(own);
  });
}

/** Index of each frame's first fragment; undefined if it cannot be determined. */
function firstFragments(
  { frames }: Image,
  fragments: readonly Fragment[],
  offsets: readonly number[],
  parts: readonly Uint8Array[],
): number[] | undefined {
  if (fragments.length < frames) return undefined;
  if (frames === 1) return [0];
  if (fragments.length === frames) return [...fragments.keys()];
  const byTable = offsets.map((offset) => fragments.findIndex((fragment) => fragment.offset === offset));
  if (byTable.length === frames && byTable.every((at, i) => at > (byTable[i - 1] ?? -1))) return byTable;
  // Each JPEG image starts with this marker.
  const byMarker = [...parts.keys()].filter((i) => parts[i][0] === 0xff && parts[i][1] === 0xd8);
  return byMarker.length === frames ? byMarker : undefined;
}
