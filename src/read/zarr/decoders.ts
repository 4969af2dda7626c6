/**
 * decode: decompresses with numcodecs, in the calling thread. Workers run this module, so it imports nothing of the
 * rest.
 */

/** Codecs that block the thread while they decode, by their names. */
export type Blocking = "blosc" | "zstd" | "lz4";

interface Decoder {
  fromConfig(config: object): { decode(bytes: Uint8Array): Uint8Array | Promise<Uint8Array> };
}

/** The module of a codec; its default is undefined in a build of one file, which leaves out the large ones. */
const MODULES: Readonly<Record<Blocking, () => Promise<{ default: unknown }>>> = {
  blosc: () => import("numcodecs/blosc"),
  zstd: () => import("numcodecs/zstd"),
  lz4: () => import("numcodecs/lz4"),
};

/** The decoded bytes, in a buffer of their own. Rejects with an Error for data that are damaged. */
export async function decode(codec: Blocking, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const decoder = (await MODULES[codec]()).default as Decoder | undefined;
  if (!decoder)
    throw new Error(
      `voxel-volume.bundle.js has no decoder for ${codec}; use voxel-volume.min.js, which loads it when it is needed`,
    );
  try {
    return (await decoder.fromConfig({}).decode(bytes)) as Uint8Array<ArrayBuffer>;
  } catch (cause) {
    // WebAssembly throws numbers.
    throw new Error(`${codec} cannot decode it (${cause instanceof Error ? cause.message : cause})`, {
      cause,
    });
  }
}
