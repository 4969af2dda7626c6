/** zip archives (.npz, too): every volume in them is found by its beginning, only what is wanted is read whole. */
import { fetched } from "../../errors.ts";
import { headersBeside } from "../formats/hdr-img-pair.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { readRanges } from "../util/read-ranges.ts";
import type { Container, ContainerContext } from "./container.ts";
import { expectManyHeads } from "./inflate.ts";
import { isZip } from "./magic.ts";
import { damaged, readDirectory, type ZipRecord } from "./zip-directory.ts";
import { headRange, zipEntry } from "./zip-entry.ts";

/** The volumes in an archive; undefined where it has no directory and does not begin like one. */
export const openZip: Container["open"] = async (file, { innerOfAll, isVolumeName }) => {
  const all = await readDirectory(file);
  if (!all) {
    if (!isZip(await file.head(4))) return undefined;
    throw damaged(file, "its directory is not there");
  }
  const records = all.filter(isFile);
  const looked = await candidates(file, records, isVolumeName);
  const found = await innerOfAll(looked);
  if (found.length > 0) return found;
  const { emptyArchive } = await fetched(import("../formats/unknown-format.ts"));
  const names = records.map(({ path }) => path);
  throw await emptyArchive(file, looked, names);
};

/** Not a folder, nor what macOS adds. */
function isFile({ path, folder }: ZipRecord): boolean {
  return !folder && !/(^|\/)(__MACOSX\/|\._)/.test(path);
}

/** Volumes in an archive of which the beginnings are not inflated by the platform. */
const MANY = 500;
/** How many files are looked at in an archive where none is called like a volume. */
const NAMELESS = 100;

/** The files that may be volumes: those called so, or else the first ones; an .img goes by its .hdr. */
async function candidates(
  archive: ByteFile,
  records: readonly ZipRecord[],
  isVolumeName: ContainerContext["isVolumeName"],
): Promise<ByteFile[]> {
  const heads = new Map<ZipRecord, Uint8Array>();
  const entries = new Map<string, ByteFile>();
  const folded = new Map<string, ByteFile>();
  const beside = async () => [...entries.values()];
  for (const record of records) {
    const { path } = record;
    const folder = path.slice(0, path.lastIndexOf("/") + 1);
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
  const called = records.filter(({ path }) => isVolumeName(path));
  const likely = (called.length > 0 ? called : records.slice(0, NAMELESS)).filter(
    ({ path }) => headersBeside(entries.get(path) as ByteFile).length === 0,
  );
  if (likely.length > MANY) await expectManyHeads();
  const ranges = await readRanges(archive, likely.map(headRange));
  likely.forEach((record, i) => {
    heads.set(record, ranges[i]);
  });
  return likely.map(({ path }) => entries.get(path) as ByteFile);
}
