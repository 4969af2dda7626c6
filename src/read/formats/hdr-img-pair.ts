/** Pairs of .hdr and .img: how one finds the other. */
import { VoxelVolumeError } from "../../errors.ts";
import { gunzipped } from "../containers/gzip.ts";
import { isGzip } from "../containers/gzip-magic.ts";
import type { ByteFile } from "../util/byte-file.ts";

/** The .hdr files that may belong to an .img, where that is what `file` is called. */
export function headersBeside(file: ByteFile): ByteFile[] {
  return partners(file, /\.img$/i, { lower: "hdr", upper: "HDR" });
}

/**
 * The image of the header `header`, plain or gzipped, as a function to be called when voxels are wanted.
 * Throws `entry-not-found` at once where no image can be there.
 */
export function imageBeside(header: ByteFile): () => Promise<ByteFile> {
  const images = partners(header, /\.hdr$/i, { lower: "img", upper: "IMG" });
  if (images.length > 0) return () => firstThere(images);
  const message = `${header.path} is only a header: its voxels are in the .img file of the same name beside the .hdr, which is missing. Give both files.`;
  throw new VoxelVolumeError("entry-not-found", message);
}

function partners(file: ByteFile, extension: RegExp, other: { lower: string; upper: string }): ByteFile[] {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const bare = name.replace(/\.gz$/i, "");
  if (!extension.test(bare)) return [];
  const plain = bare.slice(0, -3) + (/[A-Z]$/.test(bare) ? other.upper : other.lower);
  const names = bare === name ? [plain, `${plain}.gz`] : [`${plain}.gz`, plain];
  return names.flatMap((name) => file.sibling(name) ?? []);
}

/** Whether a URL is there shows only when it is fetched: the first file that is. */
async function firstThere(files: readonly ByteFile[]): Promise<ByteFile> {
  let failure: unknown;
  for (const file of files) {
    try {
      // A server may already have inflated what it sends: the name alone does not tell.
      const zipped = /\.gz$/i.test(file.path) && isGzip(await file.head(3));
      await file.size();
      return zipped ? gunzipped(file) : file;
    } catch (error) {
      if (!(error instanceof VoxelVolumeError && error.code === "network")) throw error;
      failure ??= error;
    }
  }
  throw failure;
}
