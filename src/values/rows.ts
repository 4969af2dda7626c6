/** Iterates over the rows of a volume. */

import { Pace } from "../pace.ts";
import type { Codes } from "./codes.ts";
import { slicesOfSlab } from "./slabs.ts";
import { scalarReader, type ValueSource } from "./stored-values.ts";

/** Codes or scalars of a row of voxels along x. */
export type Row = Uint8Array | Uint16Array | Uint32Array | Int32Array | Float32Array;

/** Minimum number of slices, or rows, in a sample that represents all of them. */
const FEW = 16;

/**
 * Iterates over rows along x, or along y if there is one voxel along x: codes of 1 and 2 bytes, or scalars of 4 bytes.
 * `stride`: use about every n-th row. If there are many slices, whole slices are skipped, as reading any row reads its
 * whole slice.
 */
export async function eachRow(source: ValueSource, use: (row: Row) => void, stride = 1): Promise<void> {
  const pace = new Pace();
  for await (const rows of sliceRows(source, stride)) {
    for (const row of rows) use(row);
    await pace.rest();
  }
}

/** The rows that `eachRow` uses, slice by slice. */
export async function* sliceRows({ codes, dims, slices }: ValueSource, stride = 1): AsyncGenerator<Row[]> {
  const [nx, ny, nz] = dims;
  const [length, rows] = nx === 1 ? [ny, 1] : [nx, ny];
  const read = rowReader(codes);
  const step = Math.min(stride, Math.max(1, Math.floor((rows * nz) / FEW)));
  const bySlices = nz >= FEW * step;
  const area = nx * ny;
  const depth = bySlices && step > 1 ? 1 : slicesOfSlab(area * codes.bytes);
  for (
    let first = bySlices ? Math.floor(step / 2) : 0;
    first < nz;
    first += depth === 1 && bySlices ? step : depth
  ) {
    const end = Math.min(first + depth, nz);
    const slab = read(await slices(first, end));
    for (let z = first; z < end; z++) {
      const taken: Row[] = [];
      for (let y = 0; y < rows; y++) {
        const isTaken = bySlices || (z * rows + y) % step === Math.floor(step / 2);
        const at = (z - first) * area + y * length;
        if (isTaken) taken.push(slab.subarray(at, at + length));
      }
      yield taken;
    }
  }
}

function rowReader(codes: Codes): (bytes: Uint8Array) => Row {
  return codes.bytes === 4 ? scalarReader(codes) : (bytes) => codesOf(bytes, codes.bytes);
}

function codesOf(bytes: Uint8Array, size: 1 | 2 | 4): Uint8Array | Uint16Array {
  if (size === 1) return bytes;
  // A view of a file's bytes may not be aligned.
  const own = (bytes.byteOffset % 2 === 0 ? bytes : bytes.slice()) as Uint8Array<ArrayBuffer>;
  return new Uint16Array(own.buffer, own.byteOffset, own.length / 2);
}
