/** Finds the partner of a .hdr or an .img file. */
import { VoxelVolumeError } from "../../errors.ts";
import { gunzipped } from "../containers/gzip.ts";
import { isGzip } from "../containers/magic.ts";
import { firstExisting } from "../sources/first-existing.ts";
import type { ByteFile } from "../util/byte-file.ts";
import { baseName } from "../util/file-names.ts";

const HEADER = /\.hdr(\.gz)?$/i;
const IMAGE = /\.img(\.gz)?$/i;

/** The .hdr files that may belong to `file`; empty if it is not an .img. */
export function headersBeside(file: ByteFile): ByteFile[] {
  return IMAGE.test(file.path) ? partners(file, "hdr") : [];
}

/**
 * Opens, when called, the image of the header `header`, plain or gzipped; rejects with `entry-not-found` if there is
 * none. Throws that error at once if no image can exist.
 */
export function imageBeside(header: ByteFile): () => Promise<ByteFile> {
  const missing = () => {
    const message = `${header.path} is only a header: the .img file of the same name, with its voxels, is missing. Give both files.`;
    return new VoxelVolumeError("entry-not-found", message);
  };
  const images = HEADER.test(header.path) ? partners(header, "img") : [];
  if (images.length === 0) throw missing();
  return async () => (await firstExisting(images, openImage)) ?? Promise.reject(missing());
}

/** Files of the same name with another extension, most likely first: the extension's case as in the given name. */
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
  // A server may have inflated the file already, so the name is not sufficient.
  const isZipped = /\.gz$/i.test(file.path) && isGzip(await file.head(3));
  await file.size();
  return isZipped ? gunzipped(file) : file;
}
