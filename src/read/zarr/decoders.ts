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

/** Thrown where there is no decoder, whatever the data. The message is for people. */
export class NoDecoder extends Error {}

/**
 * The decoded bytes, in a buffer of their own. Rejects with an Error for data that are damaged, and with NoDecoder.
 */
export async function decode(codec: Blocking, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const decoder = (await MODULES[codec]().catch(fail)).default as Decoder | undefined;
  if (!decoder)
    throw new NoDecoder(
      `The data are compressed with ${codec}, for which voxel-volume.bundle.js has no decoder: use voxel-volume.min.js, which loads it when needed.`,
    );
  checkPolicy(codec);
  try {
    return (await decoder.fromConfig({}).decode(bytes)) as Uint8Array<ArrayBuffer>;
  } catch (cause) {
    // WebAssembly throws numbers.
    throw new Error(`${codec} cannot decode it (${cause instanceof Error ? cause.message : cause})`, {
      cause,
    });
  }
}

function fail(cause: unknown): never {
  const message = "A decoder of voxel-volume could not be fetched: check the connection and reload the page.";
  throw new NoDecoder(message, { cause });
}

/**
 * Throws NoDecoder if a policy forbids what the decoders do, make functions of text, which they would report as damage.
 * The policy of a page does not hold for its workers, unless the server sends it with their script too.
 */
function checkPolicy(codec: Blocking): void {
  try {
    new Function();
  } catch (cause) {
    const message = `The data are compressed with ${codec}. The content security policy has to allow its decoder: as a worker (worker-src 'self', and 'unsafe-eval' for chunks/decode-worker.js alone), or 'unsafe-eval' in the page.`;
    throw new NoDecoder(message, { cause });
  }
}
