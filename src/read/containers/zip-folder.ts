/** openZarrZip: reads a Zarr folder in a zip archive, one file at a time. */

import { retried } from "../sources/retried.ts";
import type { Folder, ReadOptions } from "../sources/source.ts";
import { limited } from "../sources/sources-folder.ts";
import { Turns } from "../sources/turns.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { ZARR } from "../util/file-names.ts";
import type { Found } from "../volume-reader.ts";
import { openZarr } from "../zarr/open-zarr.ts";
import type { ZipRecord } from "./zip-directory.ts";
import { dataStart, LONGER, STORED, zipEntry } from "./zip-entry.ts";

/** Most parts of the archive that are read at a time. */
const AT_ONCE = 16;

/**
 * The images of a Zarr at the top of an archive or in the only folder there that is one; undefined without such a Zarr.
 * Rejects like `openZarr`.
 */
export async function openZarrZip(
  archive: ByteFile,
  records: readonly ZipRecord[],
  signal?: AbortSignal,
): Promise<Found[] | undefined> {
  const roots = new Set(records.flatMap(({ path }) => ZARR.exec(path)?.[1] ?? []));
  const folders = [...roots].filter((root) => /^[^/]+\/$/.test(root));
  const root = roots.has("") ? "" : folders.length === 1 ? folders[0] : undefined;
  return root === undefined ? undefined : openZarr(zipFolder(archive, records, root), archive.path, signal);
}

/** Files that are not in the archive's directory are missing, without a request. */
function zipFolder(archive: ByteFile, records: readonly ZipRecord[], root: string): Folder {
  // If several files have the same path, the last one counts, as in unzip.
  const byPath = new Map(records.map((record) => [record.path, record]));
  const starts = new Map<ZipRecord, number>();
  const turns = new Turns(AT_ONCE);
  const traffic = { bytes: 0, requests: 0 };
  /** The file that was inflated last: of a compressed shard, one chunk after the other is read. */
  let last: { record: ZipRecord; bytes: Promise<Uint8Array> } | undefined;

  const fetchPart = (start: number, end: number, { signal }: ReadOptions) =>
    retried(
      () =>
        turns.take(async () => {
          traffic.requests++;
          const bytes = await archive.read(start, end, { signal });
          traffic.bytes += bytes.length;
          return bytes;
        }, signal),
      signal,
    );
  const alone = { sibling: () => undefined, beside: undefined };
  /** The whole file, whose checksum is compared. */
  const readWhole = (record: ZipRecord, options: ReadOptions) => {
    const { start, headerSize, packedSize, size } = record;
    const stored = () => fetchPart(start, start + headerSize + LONGER + packedSize, options);
    return zipEntry(archive, record, stored, alone).read(0, size, { signal: options.signal, isLast: true });
  };
  /** Offset of a stored file's data in the archive. */
  const startOf = async (record: ZipRecord, options: ReadOptions) => {
    const known = starts.get(record);
    if (known !== undefined) return known;
    const { start, headerSize } = record;
    const found = await dataStart(
      archive.path,
      record,
      await fetchPart(start, start + headerSize + LONGER, options),
    );
    starts.set(record, found);
    return found;
  };

  return {
    traffic,
    paths: records.flatMap(({ path }) => (path.startsWith(root) ? [path.slice(root.length)] : [])),
    async read(path, range, options = {}) {
      const record = byPath.get(root + path);
      if (!record) return undefined;
      if (!range) return readWhole(record, options);
      const [from, to] = limited(range, record.size);
      if (record.method === STORED) {
        const start = await startOf(record, options);
        return fetchPart(start + from, start + to, options);
      }
      // Not with the signal of one reader, because others wait for the same file.
      if (last?.record !== record) last = { record, bytes: readWhole(record, {}) };
      const { bytes } = last;
      bytes.catch(() => {
        if (last?.bytes === bytes) last = undefined;
      });
      return (await bytes).subarray(from, to);
    },
  };
}
