/** Lists the slices in a file (one, or one per frame) and their positions. */
import type { DataSet } from "dicom-parser";
import type { Vec3 } from "../../../volume.ts";
import { add, cross, scale, vectorOf } from "../../util/vectors.ts";
import type { FileHeader } from "./data-set.ts";
import { type Image, imageOf } from "./image.ts";

export interface Orientation {
  /** Directions in which columns and rows are counted, in LPS (left, posterior, superior). */
  readonly row: Vec3;
  readonly column: Vec3;
}

export interface Slice {
  readonly image: Image;
  /** Index of the frame in the file. */
  readonly index: number;
  /** Identifies the series. */
  readonly series: string;
  readonly seriesNumber: string | undefined;
  readonly description: string | undefined;
  /** Distinguishes slices of one series that belong to different volumes: stack, segment. */
  readonly part: string | undefined;
  readonly instance: string | undefined;
  readonly orientation: Orientation | undefined;
  /** Centre of the first pixel, in mm (LPS). */
  readonly position: Vec3 | undefined;
  /** Whether the header gives the slice's position among the others of its file. */
  readonly isPlaced: boolean;
  /** Whether the frames of the file are successive in time, not in space. */
  readonly isInTime: boolean;
  /** Distances between columns and between rows, in mm. */
  readonly spacing: readonly [x: number, y: number] | undefined;
  /** Distance between slices as given in the header, in mm. */
  readonly thickness: number | undefined;
  readonly slope: number;
  readonly intercept: number;
  /** Range of values to show, after slope and intercept. */
  readonly window: readonly [low: number, high: number] | undefined;
  readonly unit: string | undefined;
  /** Sort key for slices at one position: repetition, echo, acquisition, instance, frame. */
  readonly order: readonly number[];
  readonly isMosaic: boolean;
}

const TAGS = {
  ...{ imageType: "x00080008", instance: "x00080018", modality: "x00080060", description: "x0008103e" },
  ...{ sliceThickness: "x00180050", echoNumber: "x00180086", spacingBetweenSlices: "x00180088" },
  ...{ imagerPixelSpacing: "x00181164", series: "x0020000e", seriesNumber: "x00200011" },
  ...{ acquisitionNumber: "x00200012", instanceNumber: "x00200013", position: "x00200032" },
  ...{ orientation: "x00200037", temporalPosition: "x00200100", pixelSpacing: "x00280030" },
  ...{ windowCenter: "x00281050", windowWidth: "x00281051", intercept: "x00281052", slope: "x00281053" },
  ...{ rescaleType: "x00281054", voiFunction: "x00281056", frameIncrement: "x00280009" },
  ...{ units: "x00541001", doseUnits: "x30040002", frameOffsets: "x3004000c", doseScaling: "x3004000e" },
  ...{ stackId: "x00209056", temporalIndex: "x00209128", segment: "x0062000b" },
} as const;

/** Sequences that hold these tags in multi-frame images (PS3.3, section C.7.6.16). */
const GROUPS = {
  ...{ shared: "x52009229", perFrame: "x52009230", content: "x00209111", position: "x00209113" },
  ...{ orientation: "x00209116", measures: "x00289110", voi: "x00289132", transformation: "x00289145" },
  ...{ segment: "x0062000a", detector: "x00540022" },
} as const;

/** Tags of the time between frames, which the frame increment pointer names in cine images. */
const FRAME_TIMES = ["x00181063", "x00181065"];

/** The slices in a file. Rejects with `unsupported-format` or `corrupt-file`. */
export async function slicesOf(header: FileHeader): Promise<Slice[]> {
  const { data } = header;
  const image = await imageOf(header);
  const shared = itemOf(data, GROUPS.shared);
  const frames = data.elements[GROUPS.perFrame]?.items ?? [];
  const detector = itemOf(data, GROUPS.detector);
  const common = {
    image,
    series: data.string(TAGS.series) ?? "",
    seriesNumber: data.string(TAGS.seriesNumber),
    description: textOf(data, TAGS.description),
    instance: data.string(TAGS.instance),
    isInTime: FRAME_TIMES.includes(data.attributeTag(TAGS.frameIncrement) ?? ""),
    isMosaic: /MOSAIC/.test(data.text(TAGS.imageType) ?? ""),
    unit: unitOf(data),
  };
  const offsets = numbersOf(data, TAGS.frameOffsets);
  const distance = data.floatString(TAGS.spacingBetweenSlices);
  return Array.from({ length: image.frames }, (_, index) => {
    const frame = frames[index]?.dataSet;
    /** The item of a group for this frame, else the one for all frames, else the data set. */
    const group = (tag: string) => itemOf(frame, tag) ?? itemOf(shared, tag) ?? data;
    const [content, measures] = [group(GROUPS.content), group(GROUPS.measures)];
    const values = group(GROUPS.transformation);
    const [stack, segment] = [content.string(TAGS.stackId), group(GROUPS.segment).uint16(TAGS.segment)];
    const orientation = orientationOf(group(GROUPS.orientation)) ?? (detector && orientationOf(detector));
    const thickness =
      positive(measures, TAGS.spacingBetweenSlices) ?? positive(measures, TAGS.sliceThickness);
    const own = vectorOf(numbersOf(group(GROUPS.position), TAGS.position));
    const first = own ?? (detector && vectorOf(numbersOf(detector, TAGS.position)));
    const isStacked = !itemOf(frame, GROUPS.position) && !common.isInTime;
    const step = offsets[index] - offsets[0] || index * (distance ?? thickness ?? 1);
    const rescaleSlope = values.floatString(TAGS.slope) ?? data.floatString(TAGS.doseScaling);
    const slope = rescaleSlope && Number.isFinite(rescaleSlope) ? rescaleSlope : 1;
    const intercept = values.floatString(TAGS.intercept) ?? 0;
    return {
      ...common,
      index,
      part: segment !== undefined ? `segment ${segment}` : stack && `stack ${stack}`,
      orientation,
      position:
        first && orientation && isStacked
          ? add(first, scale(cross(orientation.row, orientation.column), step))
          : first,
      spacing: pixelSpacingOf(measures) ?? pixelSpacingOf(data),
      isPlaced: image.frames === 1 || !isStacked || offsets.length > 0 || distance !== undefined,
      thickness,
      slope,
      intercept: Number.isFinite(intercept) ? intercept : 0,
      window: windowOf(group(GROUPS.voi)),
      order: [
        content.uint32(TAGS.temporalIndex) ?? data.intString(TAGS.temporalPosition) ?? 0,
        data.intString(TAGS.echoNumber) ?? 0,
        data.intString(TAGS.acquisitionNumber) ?? 0,
        data.intString(TAGS.instanceNumber) ?? 0,
        index,
      ],
    };
  });
}

function itemOf(data: DataSet | undefined, tag: string): DataSet | undefined {
  return data?.elements[tag]?.items?.[0]?.dataSet;
}

function numbersOf(data: DataSet, tag: string): number[] {
  const count = data.numStringValues(tag) ?? 0;
  return Array.from({ length: count }, (_, i) => data.floatString(tag, i) ?? Number.NaN);
}

function positive(data: DataSet, tag: string): number | undefined {
  const value = Math.abs(data.floatString(tag) ?? 0);
  return value > 0 && Number.isFinite(value) ? value : undefined;
}

/** Distances of columns and rows, which the header has in the opposite order. */
function pixelSpacingOf(data: DataSet): readonly [x: number, y: number] | undefined {
  for (const tag of [TAGS.pixelSpacing, TAGS.imagerPixelSpacing]) {
    const [y, x = y] = numbersOf(data, tag);
    if (x > 0 && y > 0 && Number.isFinite(x * y)) return [x, y];
  }
  return undefined;
}

function orientationOf(data: DataSet): Orientation | undefined {
  const numbers = numbersOf(data, TAGS.orientation);
  const [row, column] = [vectorOf(numbers.slice(0, 3)), vectorOf(numbers.slice(3, 6))];
  if (!row || !column) return undefined;
  const [lengths, normal] = [[row, column].map((v) => Math.hypot(...v)), cross(row, column)];
  const isFrame = lengths.every((length) => Math.abs(length - 1) < 0.1) && Math.hypot(...normal) > 0.5;
  return isFrame ? { row: scale(row, 1 / lengths[0]), column: scale(column, 1 / lengths[1]) } : undefined;
}

/** The value range of a window (PS3.3, section C.11.2.1.2); the first if there are several. */
function windowOf(data: DataSet): readonly [low: number, high: number] | undefined {
  const [center, width] = [data.floatString(TAGS.windowCenter), data.floatString(TAGS.windowWidth)];
  if (center === undefined || width === undefined || !(width > 0) || !Number.isFinite(center + width))
    return undefined;
  const isExact = data.string(TAGS.voiFunction) === "LINEAR_EXACT" || width <= 1;
  return [center - width / 2, center + width / 2 - (isExact ? 0 : 1)];
}

function unitOf(data: DataSet): string | undefined {
  const type = data.string(TAGS.rescaleType);
  if (type && type !== "US") return type;
  const modality = data.string(TAGS.modality);
  if (modality === "CT") return "HU";
  return modality === "PT" ? data.string(TAGS.units) : data.string(TAGS.doseUnits);
}

/** The platform's names of character sets (PS3.3, section C.12.1.1.2). */
const CHARACTER_SETS: Readonly<Record<string, string>> = {
  ...{ 100: "windows-1252", 101: "iso-8859-2", 109: "iso-8859-3", 110: "iso-8859-4", 144: "iso-8859-5" },
  ...{ 126: "windows-1253", 127: "iso-8859-6", 138: "iso-8859-8", 148: "windows-1254", 13: "shift_jis" },
  ...{ 166: "windows-874", 192: "utf-8", GB18030: "gb18030", GBK: "gbk", 149: "euc-kr" },
};

/** A text in the file's character set. */
function textOf(data: DataSet, tag: string): string | undefined {
  const element = data.elements[tag];
  if (!element || element.length === 0) return undefined;
  // Only the first set is used: escape sequences would switch to the others.
  const set = (data.string("x00080005") ?? "").split("\\").find(Boolean) ?? "";
  const name = CHARACTER_SETS[set.replace(/^ISO[_ ](2022 )?IR /, "")] ?? "windows-1252";
  const bytes = data.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
  return new TextDecoder(name).decode(bytes).replace(/\0/g, "").trim();
}
