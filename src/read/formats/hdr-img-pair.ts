/** Pairs of .hdr and .img: how one finds the other. */
import { VoxelVolumeError } from "../../errors.ts";
import { gunzipped } from "../containers/gzip.ts";
import { isGzip } from "../containers/magic.ts";
import { firstThere } from "../sources/first-there.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { baseName } from "../util/file-names.ts";

const HEADER = /\.hdr(\.gz)?$/i;
const IMAGE = /\.img(\.gz)?$/i;

/** The .hdr files that may belong to an .img, where that is what `file` is called. */
export function headersBeside(file: ByteFile): ByteFile[] {
  return IMAGE.test(file.path) ? partners(file, "hdr") : [];
}

/**
 * The image of the header `header`, plain or gzipped, as a function to be called when voxels are wanted, which rejects with
 * `entry-not-found` where there is none. Throws that at once where no image can be there.
 */
export function imageBeside(header: ByteFile): () => Promise<ByteFile> {
  const missing = () => {
    const message = `${header.path} is only a header: the .img file of the same name, with its voxels, is missing. Give both files.`;
    return new VoxelVolumeError("entry-not-found", message);
  };
  const images = HEADER.test(header.path) ? partners(header, "img") : [];
  if (images.length === 0) throw missing();
  return async () => (await firstThere(images, openImage)) ?? Promise.reject(missing());
}

/** Files of the same name with another extension, in the order in which they are likely: as the given one is written first. */
function partners(file: ByteFile, extension: string): ByteFile[] {
  const name = baseName(file.path);
  const [, given, zip = ""] = /(...)(\.gz)?$/i.exec(name) ?? [];
  const base = name.slice(0, name.length - given.length - zip.length);
  const [lower, upper] = [extension, extension.toUpperCase()];
  const capital = upper[0] + lower.slice(1);
  const first = given === given.toUpperCase() ? upper : given[0] === given[0].toUpperCase() ? capital : lower;
  const endings = zip ? [zip, ""] : ["", ".gz"];
  const likely = [...new Set([first, lower, upper])].flatMap((written) =>
    endings.map((end) => written + end),
  );
  const found = new Map<string, ByteFile>();
  for (const ending of [...likely, capital]) {
    const partner = file.sibling(base + ending);
    if (partner && !found.has(partner.path)) found.set(partner.path, partner);
  }
  return [...found.values()];
}

async function openImage(file: ByteFile): Promise<ByteFile> {
  // A server may already have inflated what it sends: the name alone does not tell.
  const isZipped = /\.gz$/i.test(file.path) && isGzip(await file.head(3));
  await file.size();
  return isZipped ? gunzipped(file) : file;
}
