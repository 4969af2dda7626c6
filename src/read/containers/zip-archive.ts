/** zip archives (also .npz): every volume is found by its first bytes, and only the chosen one is read completely. */
import { fetched } from "../../errors.ts";
import { headersBeside } from "../formats/hdr-img-pair.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { folderOf, ZARR } from "../util/file-names.ts";
import { readRanges } from "../util/read-ranges.ts";
import type { Container, ContainerContext } from "./container.ts";
import { expectManyHeads } from "./inflate.ts";
import { isZip } from "./magic.ts";
import { damaged, readDirectory, type ZipRecord } from "./zip-directory.ts";
import { headRange, zipEntry } from "./zip-entry.ts";

/** The volumes in an archive; undefined if it has no directory and does not begin like an archive. */
export const openZip: Container["open"] = async (file, context) => {
  const all = await readDirectory(file);
  if (!all) {
    if (!isZip(await file.head(4))) return undefined;
    throw damaged(file, "its directory is not there");
  }
  const records = all.filter(isFile);
  if (records.some(({ path }) => ZARR.test(path))) {
    const { openZarrZip } = await fetched(import("../zarr/index.ts"));
    const images = await openZarrZip(file, records, context.signal);
    if (images) return images;
  }
  const looked = await candidates(file, records, context);
  const found = await context.innerOfAll(looked);
  if (found.length > 0) return found;
  const { emptyArchive } = await fetched(import("../formats/unknown-format.ts"));
  const names = records.map(({ path }) => path);
  throw await emptyArchive(file, looked, names);
};

/** True if a record is neither a folder nor a file that macOS adds. */
function isFile({ path, folder }: ZipRecord): boolean {
  return !folder && !/(^|\/)(__MACOSX\/|\._)/.test(path);
}

/** From this number of volumes on, their beginnings are inflated without the platform's streams. */
const MANY = 500;
/** Most files without a volume's name that are examined. */
const NAMELESS = 100;
/** Names typical of slices: without extension, or with a number as extension. */
const SLICE = /(^|\/)[^./]+$|\.\d+$/;

/**
 * The files that may be volumes: those with a volume's name, and slices of a series with any name. If no file has a
 * volume's name, the first ones. An .img is represented by its .hdr.
 */
async function candidates(
  archive: ByteFile,
  records: readonly ZipRecord[],
  { isVolumeName, isOfSeries }: ContainerContext,
): Promise<ByteFile[]> {
  const heads = new Map<ZipRecord, Uint8Array>();
  const entries = new Map<string, ByteFile>();
  const folded = new Map<string, ByteFile>();
  const beside = async () => [...entries.values()];
  for (const record of records) {
    const { path } = record;
    const folder = folderOf(path);
    const sibling = (name: string) => entries.get(folder + name) ?? folded.get((folder + name).toLowerCase());
    const head = async () => {
      const known = heads.get(record) ?? (await archive.read(...headRange(record)));
      heads.set(record, known);
      return known;
    };
    const entry = zipEntry(archive, record, head, { sibling, beside });
    entries.set(path, entry);
    folded.set(path.toLowerCase(), entry);
  }
  const fileOf = ({ path }: ZipRecord) => entries.get(path) as ByteFile;
  const readHeads = async (some: readonly ZipRecord[]) => {
    const unread = some.filter((record) => !heads.has(record));
    const ranges = await readRanges(archive, unread.map(headRange));
    unread.forEach((record, i) => {
      heads.set(record, ranges[i]);
    });
  };
  const called = records.filter(({ path }) => isVolumeName(path));
  const others = records.filter(({ path }) => !isVolumeName(path));
  const slices = others.filter(({ path }) => SLICE.test(path));
  const looked = (called.length > 0 ? slices : [...new Set([...slices, ...others])]).slice(0, NAMELESS);
  await readHeads(looked);
  const isSeries = (await Promise.all(looked.map((record) => isOfSeries(fileOf(record))))).includes(true);
  const more = isSeries ? others : called.length > 0 ? [] : looked;
  const likely = new Set([...called, ...more]);
  const chosen = records.filter((record) => likely.has(record) && headersBeside(fileOf(record)).length === 0);
  if (chosen.length > MANY) await expectManyHeads();
  await readHeads(chosen);
  return chosen.map(fileOf);
}
