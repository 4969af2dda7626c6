/**
 * TIFF 6.0 and BigTIFF: pages as slices, and the stacks of ImageJ, OME-TIFF and tifffile, whose descriptions give
 * channels, time points and lengths.
 *
 * geotiff decodes JPEG only. Directories are read here, because geotiff allocates whatever they claim and sends a
 * request for each page and field; `lzw.ts`, `decompress.ts` and `predictor.ts` give the reasons for their existence.
 */

import type { ReadNote, Vec3 } from "../../volume.ts";
import { DTYPES } from "../../volume.ts";
import { damaged } from "../util/damaged.ts";
import { MOST_BYTES, tooLarge } from "../util/memory.ts";
import type { Format, FormatVolume } from "./format.ts";
import { rowBytes } from "./tiff/block.ts";
import { blockCounts } from "./tiff/blocks.ts";
import { decodeFrame } from "./tiff/decode.ts";
import { mostInflation } from "./tiff/decompress.ts";
import { parseDescription } from "./tiff/description.ts";
import { TAG, tiffVersion } from "./tiff/directory.ts";
import { FileBytes } from "./tiff/file-bytes.ts";
import { type PageLayout, PHOTOMETRIC, pageCoding, pageLayout, voxelSize } from "./tiff/page.ts";
import { Pages } from "./tiff/pages.ts";
import { voxelSpacing } from "./tiff/spacing.ts";
import { findStack, isInOrder, type Stack, type StackFile, timeAlongZ } from "./tiff/stack.ts";

/** The volume of a TIFF file. */
export const openTiff: Format["open"] = async (file, { head, signal }) => {
  const { path } = file;
  const version = tiffVersion(path, head);
  const { littleEndian } = version;
  const bytes = await FileBytes.open(file, signal);
  const pages = await Pages.open(bytes, version, signal);
  const layout = await pageLayout(path, pages.first);
  const coding = await pageCoding(path, pages.first, layout);
  const stackFile = { bytes, pages, layout, coding, littleEndian };
  checkPage(stackFile, 1);
  const text = await pages.first.text(TAG.description);
  const description = parseDescription(text, layout, coding.separate, bytes.size);
  const stack = await findStack(stackFile, description, signal);
  const planes = timeAlongZ(stack.planes);
  const isMovie = planes !== stack.planes;
  checkPage(stackFile, planes.z * planes.c * planes.t);
  const lengths = isMovie ? { ...description.lengths, z: undefined } : description.lengths;
  const { spacing, notes } = await voxelSpacing(pages.first, lengths, planes.z > 1);
  const { width, height, dtype, components } = layout;
  const channels = samplesAsChannels(layout, await pages.first.integer(TAG.extraSamples, 0));
  const frames = channels * planes.c * planes.t;
  const dims: Vec3 = [width, height, planes.z];
  return [
    {
      path,
      format: "tiff",
      dims,
      frames,
      dtype,
      littleEndian,
      ...(components && { components }),
      ...(spacing && { spacing }),
      ...valuesOf(layout),
      notes: [
        ...stack.notes,
        ...(description.notes ?? []),
        ...frameNotes(channels * planes.c, planes.t, isMovie),
        ...layoutNotes(layout, channels),
        ...notes,
      ],
      voxels: voxelsOf(stackFile, { ...stack, planes }, dims, frames, channels),
    },
  ];
};

/** Where the stack's voxels are, or how to decode them. */
function voxelsOf(
  file: StackFile,
  stack: Stack,
  dims: Vec3,
  frames: number,
  channels: number,
): FormatVolume["voxels"] {
  const { bytes, layout, coding } = file;
  const { count, pageBytes } = voxelSize(layout);
  const { planes, start } = stack;
  const isAsStored = layout.bits === 8 * DTYPES[layout.dtype] && layout.samples === count && !coding.separate;
  if (start !== undefined && isAsStored && isInOrder(planes) && !bytes.file.inflates) {
    bytes.forget(true);
    return { file: async () => bytes.file, offset: start };
  }
  return {
    async decode(frame, options) {
      const size = pageBytes * dims[2];
      if (size > MOST_BYTES) throw tooLarge(bytes.path, size);
      const sample = frame % channels;
      const outer = Math.floor(frame / channels);
      const index = { sample, c: outer % planes.c, t: Math.floor(outer / planes.c) };
      const decoded = await decodeFrame(file, stack, dims, index, options);
      bytes.forget(frames === 1);
      return decoded;
    },
  };
}

/** Rejects pages that claim more bytes than the file can hold, before allocating memory. */
function checkPage({ bytes, layout, coding, littleEndian }: StackFile, pages: number): void {
  const { width, height, samples, bits } = layout;
  const row = rowBytes({ width, rows: height, mostRows: height, samples, bits, littleEndian });
  const size = pages * row * height;
  const blocks = pages * blockCounts(layout, coding).all;
  if (size <= bytes.size * mostInflation(coding.compression) && blocks <= bytes.size) return;
  const [claimed, there] = [size, bytes.size].map((n) => n.toLocaleString("en"));
  const what = `claims ${claimed} bytes of pixels (${width} x ${height} x ${pages}), which ${there} bytes cannot hold`;
  throw damaged(bytes.path, what);
}

/** Number of samples per pixel that are channels; each channel is a frame. */
function samplesAsChannels({ samples, components }: PageLayout, extra: number): number {
  // 1 and 2 mean opacity; beside grey, it is ignored.
  return components || (samples === 2 && (extra === 1 || extra === 2)) ? 1 : samples;
}

/** Meaning of the stored values. */
function valuesOf({ photometric, dtype, bits }: PageLayout): Pick<FormatVolume, "slope" | "intercept"> {
  const isInverted = photometric === PHOTOMETRIC.minIsWhite && dtype.startsWith("uint") && bits > 1;
  return isInverted ? { slope: -1, intercept: 2 ** bits - 1 } : {};
}

function frameNotes(channels: number, times: number, isMovie: boolean): ReadNote[] {
  const notes: ReadNote[] = [];
  if (isMovie) notes.push({ text: "Time points are shown as slices" });
  if (channels > 1)
    notes.push({
      text: "Frames are {channels} channels of {times} time points",
      values: { channels, times },
    });
  return notes;
}

function layoutNotes(layout: PageLayout, channels: number): ReadNote[] {
  const { photometric, samples } = layout;
  const notes: ReadNote[] = [];
  if (valuesOf(layout).slope) notes.push({ text: "White is stored as 0: values are inverted" });
  if (photometric === PHOTOMETRIC.palette)
    notes.push({ text: "Values are places in a palette, whose colours are left out" });
  if (samples > channels * voxelSize(layout).count)
    notes.push({
      text: "Of {count} samples of a pixel, the last ones are left out",
      values: { count: samples },
    });
  return notes;
}
