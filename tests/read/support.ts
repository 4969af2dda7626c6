/** Helpers of the reader's tests: reading all bytes, and expecting errors. */
import { expect } from "playwright/test";
import { type ErrorCode, VoxelVolumeError } from "../../src/errors.ts";
import { fromBytes, type ReadVolumeOptions, type Source } from "../../src/read/index.ts";
import { type AnalyzeSpec, analyzeHeader, voxels } from "../support/make-volume.ts";
import { readVolume } from "../support/volume-data.ts";

export async function read(source: Source, options?: ReadVolumeOptions) {
  return (await readVolume(source, options)).volume;
}

/** An Analyze pair; the source is its header. */
export function pair(spec: AnalyzeSpec, name = "head"): Source {
  return fromBytes(`${name}.hdr`, analyzeHeader(spec), { [`${name}.img`]: voxels(spec) });
}

/** Expects the promise to reject with one clear line of this code that contains all `words`. */
export async function expectError(promise: Promise<unknown>, code: ErrorCode, ...words: string[]) {
  const error = await promise.then(
    () => undefined,
    (thrown) => thrown,
  );
  expect(error, "should have been refused").toBeInstanceOf(VoxelVolumeError);
  expect(error).toMatchObject({ code });
  for (const word of words) expect(error.message).toContain(word);
  expect(error.message).not.toContain("\n");
  return error as VoxelVolumeError;
}

/** Bytes of a volume, as numbers. */
export const values = async (...args: Parameters<typeof read>) => [...(await read(...args)).data];
