/** The header of a NIfTI-2 file, whose fields keep what a volume tells (nifti2.h). */

import { DATATYPES, INTENT_UNITS, LABEL_INTENT, SIGNED_INTENTS } from "../read/formats/nifti.ts";
import { NIFTI_MARK } from "../read/formats/nifti-fields.ts";
import { DTYPES, type Dtype, type ScalarImage } from "../volume.ts";

const HEADER_BYTES = 540;
/** The header and the flag that no extension follows. */
const OFFSET = HEADER_BYTES + 4;
const MAGIC = [0x6e, 0x2b, 0x32, 0, 0x0d, 0x0a, 0x1a, 0x0a];
const MM = 2;
/** `sform_code`: the affine leads to scanner coordinates. */
const SCANNER = 1;

/** The bytes before the voxels of a volume of one frame that is stored as `dtype`, little-endian. */
export function niftiHeader(volume: ScalarImage, dtype: Dtype): Uint8Array<ArrayBuffer> {
  const { dims, spacing, affine, oriented, unitless, slope, intercept, displayRange, unit } = volume;
  const bytes = new Uint8Array(OFFSET);
  const view = new DataView(bytes.buffer);
  const int16 = (at: number, value: number) => view.setInt16(at, value, true);
  const int32 = (at: number, value: number) => view.setInt32(at, value, true);
  const int64 = (at: number, value: number) => view.setBigInt64(at, BigInt(value), true);
  const float64 = (at: number, value: number) => view.setFloat64(at, value, true);
  int32(0, HEADER_BYTES);
  bytes.set(MAGIC, 4);
  int16(12, datatypeOf(dtype));
  int16(14, 8 * DTYPES[dtype]);
  [3, ...dims, 1, 1, 1, 1].forEach((n, i) => {
    int64(16 + 8 * i, n);
  });
  [1, ...spacing].forEach((size, i) => {
    float64(104 + 8 * i, size);
  });
  int64(168, OFFSET);
  float64(176, slope);
  float64(184, intercept);
  if (displayRange) {
    float64(192, displayRange[1]);
    float64(200, displayRange[0]);
  }
  // Only this program's reader uses an affine without directions, and the unit.
  bytes.set(textBytes(NIFTI_MARK + (unit ?? ""), 80), 240);
  int32(348, oriented ? SCANNER : 0);
  affine.slice(0, 12).forEach((number, i) => {
    float64(400 + 8 * i, number);
  });
  int32(500, unitless ? 0 : MM);
  int32(504, intentOf(volume));
  bytes.set(textBytes(unit ?? "", 16), 508);
  return bytes;
}

function datatypeOf(dtype: Dtype): number {
  const row = Object.entries(DATATYPES).find(([, type]) => type.dtype === dtype && !type.components);
  return Number(row?.[0]);
}

function intentOf({ intent, unit }: Pick<ScalarImage, "intent" | "unit">): number {
  if (intent === "labels") return LABEL_INTENT;
  const units = intent === "signed" ? SIGNED_INTENTS : INTENT_UNITS;
  return Number(Object.entries(units).find(([, name]) => name === unit)?.[0] ?? 0);
}

/** UTF-8, cut after a whole character. */
function textBytes(text: string, most: number): Uint8Array {
  const bytes = new Uint8Array(most);
  const { written } = new TextEncoder().encodeInto(text, bytes);
  return bytes.subarray(0, written);
}
