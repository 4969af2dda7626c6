/** Block: a decompressed strip or tile of a page. */

export interface Block {
  /** Pixels per row, and number of rows. */
  readonly width: number;
  readonly rows: number;
  /** Most rows that may be stored: the last strip may be padded to the height of the others. */
  readonly mostRows: number;
  /** Samples per pixel in this block. */
  readonly samples: number;
  readonly bits: number;
  readonly littleEndian: boolean;
}

/** Bytes per row; rows start at whole bytes. */
export function rowBytes({ width, samples, bits }: Block): number {
  return Math.ceil((width * samples * bits) / 8);
}
