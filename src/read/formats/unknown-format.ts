/** What to say of a file that is no volume, so that a person sees why it is not read. */
import { VoxelVolumeError } from "../../errors.ts";
import type { ByteFile } from "../util/byte-file.ts";

/** The error for a file of no format; `head` is its beginning, `names` tells the formats that are read. */
export function unknownFormat(file: ByteFile, head: Uint8Array, names: readonly string[]): VoxelVolumeError {
  const { path } = file;
  if (head.length === 0)
    return new VoxelVolumeError("corrupt-file", `${path} is empty (0 bytes). Get the file again.`);
  const missing = isPage(head) ? undefined : headerMissing(file);
  const message = `${path} ${lookOf(head)}. Formats read: ${names.join(", ")}.`;
  return missing ?? new VoxelVolumeError("unsupported-format", message);
}

/** The error for an image without a header, where that is what a file of no known format is called. */
export function headerMissing({ path }: ByteFile): VoxelVolumeError | undefined {
  const image = /\.img(\.gz)?$/i;
  if (!image.test(path)) return undefined;
  const header = path.slice(path.lastIndexOf("/") + 1).replace(image, ".hdr");
  const message = `${path} holds only voxels: the file ${header} beside it, which says how to read them, is missing. Give both files.`;
  return new VoxelVolumeError("entry-not-found", message);
}

/** Whether a server has sent a page instead of the file. */
function isPage(head: Uint8Array): boolean {
  return /^<(!doctype|html|\?xml)/i.test(textOf(head));
}

function lookOf(head: Uint8Array): string {
  if (head[0] === 0x1f && head[1] === 0x8b) return "is a gzip file that holds no volume";
  if (isPage(head)) return "is a web page, not a volume (does the address lead to the file itself?)";
  if (head.every((byte) => byte >= 32 || (byte >= 9 && byte <= 13))) return "is a text file, not a volume";
  return "is of no format that is known here";
}

function textOf(head: Uint8Array): string {
  return new TextDecoder().decode(head).trimStart();
}
