/** Undoes predictors: TIFF 6.0, section 14, and Adobe Photoshop's TIFF Technical Note 3 for floats. */

import { type Block, rowBytes } from "./block.ts";
import { refusal } from "./page.ts";

const HORIZONTAL = 2;
const FLOATING_POINT = 3;

/**
 * Converts a block's rows from differences to values, in place. geotiff does not support this for values in the byte
 * order that is not the processor's.
 */
export function undoPredictor(path: string, bytes: Uint8Array, predictor: number, block: Block): void {
  const { samples, rows, bits, littleEndian } = block;
  const length = rowBytes(block);
  const isKnown =
    predictor === HORIZONTAL ? bits in ADD : predictor === FLOATING_POINT && (bits === 16 || bits % 32 === 0);
  if (!isKnown)
    throw refusal(path, `has predictor ${predictor} of ${bits} bits a sample`, "no predictor (1)");
  for (let y = 0; y < rows; y++) {
    const row = bytes.subarray(y * length, (y + 1) * length);
    if (predictor === HORIZONTAL) ADD[bits](row, samples, littleEndian);
    else fromPlanes(row, samples, bits / 8, littleEndian);
  }
}

type Add = (row: Uint8Array, samples: number, littleEndian: boolean) => void;

/** Functions that add the previous pixel's sample to each sample, by bits per sample. */
const ADD: Readonly<Record<number, Add>> = {
  8: addBytes,
  16(row, samples, little) {
    const view = new DataView(row.buffer, row.byteOffset, row.length);
    for (let at = 2 * samples; at < row.length; at += 2)
      view.setUint16(at, view.getUint16(at, little) + view.getUint16(at - 2 * samples, little), little);
  },
  32(row, samples, little) {
    const view = new DataView(row.buffer, row.byteOffset, row.length);
    for (let at = 4 * samples; at < row.length; at += 4)
      view.setUint32(at, view.getUint32(at, little) + view.getUint32(at - 4 * samples, little), little);
  },
  64(row, samples, little) {
    const view = new DataView(row.buffer, row.byteOffset, row.length);
    for (let at = 8 * samples; at < row.length; at += 8)
      view.setBigUint64(
        at,
        view.getBigUint64(at, little) + view.getBigUint64(at - 8 * samples, little),
        little,
      );
  },
};

function addBytes(row: Uint8Array, samples: number): void {
  for (let at = samples; at < row.length; at++) row[at] += row[at - samples];
}

/**
 * Undoes the floating-point predictor: a row's bytes are stored as differences and by significance, the most
 * significant first.
 */
function fromPlanes(row: Uint8Array, samples: number, size: number, littleEndian: boolean): void {
  addBytes(row, samples);
  const planes = row.slice();
  const count = row.length / size;
  for (let byte = 0; byte < size; byte++) {
    const to = littleEndian ? size - 1 - byte : byte;
    for (let i = 0; i < count; i++) row[i * size + to] = planes[byte * count + i];
  }
}
