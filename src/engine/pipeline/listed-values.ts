/** Listed values, such as labels: their codes, and a table from code to voxel word in place of a transfer function. */

import { fetched } from "../../errors.ts";
import { tooManyLabels } from "../../options/kinds.ts";
import type { PipelineSettings } from "../../options/settings.ts";
import { MOST_LEVELS } from "../../values/levels.ts";
import {
  keysOfCodes,
  RANK_CODES,
  rankedBy,
  scalarReader,
  type ValueSource,
  valueSource,
} from "../../values/stored-values.ts";
import type { ValueProfile } from "../../values/value-profile.ts";
import type { Vec3 } from "../../volume.ts";
import { opaqueWord } from "../voxel-word.ts";

/**
 * The source with codes of 1 or 2 bytes. Wider scalars are replaced by their rank among the values.
 * @throws VoxelVolumeError "invalid-option" if there are more values than such codes.
 */
export async function listedSource(source: ValueSource, profile: ValueProfile): Promise<ValueSource> {
  if (source.codes.bytes < 4) return source;
  const listed = await source.listed?.();
  if (listed) return listed;
  const { levelScalars, missing: missingVoxels } = profile;
  if (!levelScalars || levelScalars.length + Math.min(missingVoxels, 1) > MOST_LEVELS) {
    throw tooManyLabels();
  }
  const ranks = new Map([...levelScalars].map((scalar, rank) => [scalar, rank]));
  const read = scalarReader(source.codes);
  // The last code stands for missing values.
  const missing = levelScalars.length;
  const slices = async (z: number, end: number) => {
    const scalars = read(await source.slices(z, end));
    return new Uint8Array(Uint16Array.from(scalars, (scalar) => ranks.get(scalar) ?? missing).buffer);
  };
  return valueSource(
    source.dims,
    RANK_CODES,
    rankedBy((rank) => source.valueOfScalar(levelScalars[rank])),
    slices,
  );
}

/** The source at other dimensions, with nearest-neighbour sampling. */
export function nearestValues(source: ValueSource, dims: Vec3): ValueSource {
  const { codes } = source;
  const [x, y, z] = dims.map((n, axis) =>
    Uint32Array.from({ length: n }, (_, i) => Math.floor(((i + 0.5) * source.dims[axis]) / n)),
  );
  const Codes = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array }[codes.bytes];
  const slices = async (from: number, end: number) => {
    const out = new Codes(dims[0] * dims[1] * (end - from));
    let at = 0;
    for (let k = from; k < end; k++) {
      const slice = new Codes((await source.slices(z[k], z[k] + 1)).slice().buffer);
      for (const j of y) {
        for (const i of x) out[at++] = slice[j * source.dims[0] + i];
      }
    }
    return new Uint8Array(out.buffer);
  };
  return { ...source, dims, slices };
}

/**
 * The voxel word of each code and the palette. The word's colour is the number of its level; hidden levels are empty.
 * `hasOthers`: whether there may be values that the profile does not have, as in an overview: they are labels, too.
 */
export async function listedTable(
  source: ValueSource,
  profile: ValueProfile,
  settings: PipelineSettings,
  hasOthers: boolean,
): Promise<{ words: Uint32Array<ArrayBuffer>; palette: Uint32Array<ArrayBuffer> }> {
  const { labelPalette, labelsOf } = await fetched(import("../../options/labels.ts"));
  const labels = labelsOf(profile, settings);
  const words = new Uint32Array(256 ** source.codes.bytes);
  for (const [level, { shown }] of labels.entries()) {
    if (shown) words[profile.levelCodes?.[level] ?? level] = opaqueWord(level);
  }
  if (!hasOthers || settings.kind !== "labels" || !profile.levelCodes)
    return { words, palette: labelPalette(labels) };
  const others = otherLevels(source, profile.levelCodes);
  const levels = { values: others.values, counts: new Float64Array(others.values.length) };
  const more = labelsOf({ ...profile, levels }, settings, labels.length);
  for (const [i, { shown }] of more.entries()) {
    if (shown) words[others.codes[i]] = opaqueWord(labels.length + i);
  }
  return { words, palette: labelPalette([...labels, ...more]) };
}

/** The codes that a list lacks, and their values; those of ranks have none. */
function otherLevels(
  { codes, present, valueOfKey }: ValueSource,
  listed: Uint32Array,
): { codes: number[]; values: Float64Array } {
  const known = new Set(listed);
  const keys = keysOfCodes(codes);
  const isOther = (code: number) =>
    !known.has(code) && keys[code] >= present.first && keys[code] <= present.last;
  const others = Array.from(keys.keys()).filter(isOther);
  const values = Float64Array.from(others, (code) => valueOfKey(keys[code]));
  const isValue = (i: number) => !Number.isNaN(values[i]);
  return { codes: others.filter((_, i) => isValue(i)), values: values.filter((_, i) => isValue(i)) };
}
