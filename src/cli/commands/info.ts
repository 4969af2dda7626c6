/** `info`: lists the volumes of a file, and how the chosen one is drawn. */

import { appearance, drawnSettings } from "../../options/appearance.ts";
import { describeAppearance } from "../../options/describe-appearance.ts";
import { filledOf } from "../../options/filled.ts";
import { formatValue } from "../../options/format-value.ts";
import { noticeOf } from "../../options/notice.ts";
import { settingsFrom } from "../../options/options.ts";
import { type EntryInfo, readVolume } from "../../read/index.ts";
import { sayNotes } from "../../texts.ts";
import { profileOf } from "../../values/profile.ts";
import { withInput } from "../input.ts";
import { inputOptions, pictureOptions, type Values, volumeOptions } from "../options.ts";
import { say } from "../say.ts";
import { withSource } from "../served-input.ts";

export async function info(input: string, values: Values): Promise<void> {
  const options = settingsFrom(pictureOptions(values));
  const wanted = volumeOptions(values);
  const { volume, entries } = await withInput(input, inputOptions(values), (files) =>
    withSource(files, (source) => readVolume(source, wanted)),
  );
  const profile = await profileOf(volume);
  const settings = drawnSettings(options, volume, profile);
  const drawn = appearance(settings, profile);
  const notes = sayNotes(volume);
  if (values.json) {
    const { read: _, overview, traffic: __, ...shown } = { ...volume, notes };
    const all = { ...shown, statisticsLevel: overview?.level ?? 0 };
    console.log(JSON.stringify({ volume: all, entries, appearance: drawn }, null, 2));
    return;
  }
  for (const entry of entries) {
    const chosen = entry.path === volume.name ? "  <- drawn by default" : "";
    console.log(lineOf(entry) + chosen);
  }
  if (volume.levels.length > 1)
    console.log(`levels ${volume.levels.map(({ dims }) => dims.join("x")).join(", ")}`);
  const range = `values from ${formatValue(profile.min)} to ${formatValue(profile.max)}`;
  const level = volume.overview && `, judged by level ${volume.overview.level}`;
  const sampled = profile.isSampled ? ", judged by some of its rows" : (level ?? "");
  console.log(`${describeAppearance(drawn)}; ${range}${sampled}`);
  const notice = noticeOf(settings, profile, filledOf(profile, settings));
  for (const line of [...(notice ? [notice] : []), ...notes]) say(line);
}

function lineOf(entry: EntryInfo): string {
  const { path, dims, spacing, dtype, frames, format, littleEndian, components, axes, unitless } = entry;
  const type = `${dtype}${components ? ` ${components}` : ""}${littleEndian ? "" : ", big-endian"}`;
  const lengths = spacing.map((mm) => Number(mm.toPrecision(6))).join(" x ");
  const size = unitless ? "" : `, ${lengths} mm`;
  const array = axes ? `, array ${axes}` : "";
  const shape = frames > 1 ? `${dims.join(" x ")}, ${frames} frames` : dims.join(" x ");
  return `${path}: ${shape}${size}, ${type}, ${format}${array}`;
}
