/** gzip (.nii.gz and the like), inflated only as far as requested. */

import { fetched } from "../../errors.ts";
import type { ReadNote } from "../../volume.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { headsAreChecked, inflateHead, inflateStream, MAX_INFLATION, take } from "./inflate.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Usual overhead of deflate on a short prefix, in bytes. */
export const OVERHEAD = 32;

/**
 * Bytes inflated beyond the requested beginning, because formats read them next: NIfTI-2's header is longer than others
 * by about as much.
 */
const FURTHER = 256;

/** Plausible inflation ratio of images, for the first allocation. */
export const LIKELY_INFLATION = 16;

/** The compressed bytes, in gzip or a similar format. */
export type Packed = Pick<ByteFile, "path" | "archive" | "head" | "stream" | "sibling" | "beside"> &
  Required<Pick<ByteFile, "stored">>;

const JUNK: ReadNote = { text: "Data after the end of the compressed stream were ignored" };

/** The inflated file of a gzip or zlib ("deflate") file; it keeps the path and the siblings of the compressed file. */
export function gunzipped(file: ByteFile, format?: CompressionFormat): ByteFile {
  const found = new Set<ReadNote>();
  const size = async () => (await file.size()) * MAX_INFLATION;
  const packed: Packed = { ...file, stored: file.stored ?? file.size };
  const onJunk = format ? undefined : () => found.add(JUNK);
  const notes = () => [...(file.notes?.() ?? []), ...found];
  return { ...inflated(packed, size, format, onJunk), notes };
}

/**
 * Inflates `packed` to at most `size` bytes. With `onJunk`, a gzip file may have any number of members; without, one.
 */
export function inflated(
  { path, archive, sibling, beside, ...packed }: Packed,
  size: ByteFile["size"],
  format?: CompressionFormat,
  onJunk?: () => void,
): ByteFile {
  // Starts loading the code while headers are read.
  const code = onJunk && fetched(import("./gunzip.ts"));
  code?.catch(() => {});
  const stream: ByteFile["stream"] = async (options) => {
    const bytes = await packed.stream(options);
    return onJunk && code ? (await code).gunzip(bytes, onJunk) : inflateStream(bytes, format);
  };
  const read: ByteFile["read"] = async (start, last, options) => {
    const end = Math.min(last, await size());
    if (start >= end) return new Uint8Array(0);
    const likely = LIKELY_INFLATION * (await packed.stored());
    return take(path, await stream(options), [start, end], likely, options ?? {});
  };
  /** The part of the beginning that has been inflated. */
  let known: Uint8Array = new Uint8Array(0);
  return {
    path,
    archive,
    size,
    stored: packed.stored,
    async head(length) {
      if (known.length >= length) return known.subarray(0, length);
      for (let most = length + OVERHEAD; ; most *= 16) {
        const bytes = await packed.head(most);
        const isAll = bytes.length < most;
        // Reading the whole file checks its checksum.
        if (isAll && !headsAreChecked(format)) return read(0, length);
        const head = await inflateHead(bytes as Bytes, length + FURTHER, format);
        if (head.length >= Math.min(length, await size())) {
          known = head;
          return head.subarray(0, length);
        }
        if (isAll) return read(0, length);
      }
    },
    read,
    stream,
    inParts: async () => false,
    inflates: true,
    sibling,
    beside,
  };
}
