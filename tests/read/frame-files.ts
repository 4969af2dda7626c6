/** A server with 4-D files in every format, which measures the cost of reading a frame. */
import { expect } from "playwright/test";
import { analyzeHeader, gzip, niftiFile, niftiHeader, voxels, zip } from "../support/make-volume.ts";
import { inCOrder, npyFile } from "../support/npy.ts";
import { RangeSite } from "../support/range-site.ts";
import type { VolumeFile } from "../support/volume-data.ts";

export const FRAMES = 6;
/** Large enough that a frame exceeds the limit for fetching whole files. */
const SIDE = 64;
export const FRAME_BYTES = 2 * SIDE ** 3;
const shape = [SIDE, SIDE, SIDE, FRAMES];
/** Hardly compressible, so that downloads are large. */
export const spec = { dims: shape, value: (i: number) => (Math.imul(i, 1103515245) >>> 13) & 32767 };
const all = voxels(spec);
export const frameOf = (frame: number) => all.subarray(frame * FRAME_BYTES, (frame + 1) * FRAME_BYTES);
export const plain = niftiFile(spec);
const npy = (fortran: boolean) =>
  npyFile({ descr: "'<i2'", shape, fortran }, fortran ? all : inCOrder(all, 2, shape));

const Platform = globalThis.DecompressionStream;

/** A server of these files that counts inflated bytes. */
export class FrameSite extends RangeSite {
  /** Bytes that were inflated since the last reset. */
  inflated = 0;

  override async start(): Promise<string> {
    Object.assign(this.files, await filesByName());
    const count = (bytes: number) => {
      this.inflated += bytes;
    };
    globalThis.DecompressionStream = class extends Platform {
      constructor(format: CompressionFormat) {
        super(format);
        const counter = new TransformStream<Uint8Array, Uint8Array>({
          transform(chunk, controller) {
            count(chunk.length);
            controller.enqueue(chunk);
          },
        });
        Object.defineProperty(this, "readable", { value: this.readable.pipeThrough(counter) });
      }
    };
    return super.start();
  }

  override reset(): void {
    super.reset();
    this.inflated = 0;
  }

  override close(): void {
    globalThis.DecompressionStream = Platform;
    super.close();
  }

  /** Reads and checks a frame, and returns the cost. */
  async frameCost(file: VolumeFile, frame: number, entry?: string) {
    this.reset();
    const { volume } = await file.read({ frame, entry });
    expect(volume).toMatchObject({ dims: [SIDE, SIDE, SIDE], frames: FRAMES, frame });
    expect(Buffer.from(volume.data).equals(frameOf(frame))).toBe(true);
    expect(volume.data.byteOffset % 8).toBe(0);
    return { requests: this.asked.length, inflated: this.inflated > 0, data: volume.data };
  }
}

/** Cost of a frame that is kept. */
export const FREE = { requests: 0, inflated: false };

async function filesByName(): Promise<Record<string, Uint8Array>> {
  return {
    "a.nii": plain,
    "a.nii.gz": await gzip(plain),
    "deflated.zip": await zip({ "a.nii": plain, "b.nii": niftiFile({ ...spec, dims: [50, 50, 50] }) }),
    "stored.zip": await zip({ "a.nii": plain }, { compression: "STORE" }),
    "pair.zip": await zip({ "a.hdr": niftiHeader({ ...spec, pair: true }), "a.img": all }),
    "c.npy": npy(false),
    "f.npy": npy(true),
    "c.npz": await zip({ "arr_0.npy": npy(false) }),
    "p.hdr": niftiHeader({ ...spec, pair: true }),
    "p.img": all,
    "g.hdr": analyzeHeader(spec),
    "g.img.gz": await gzip(all),
    // Compressed, despite its name.
    "gzipped.nii": await gzip(plain),
  };
}
