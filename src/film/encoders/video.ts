/** Films as MP4 and WebM, encoded by the browser. */

import {
  BufferTarget,
  getFirstEncodableVideoCodec,
  Mp4OutputFormat,
  Output,
  Quality,
  type VideoCodec,
  VideoSample,
  VideoSampleSource,
  WebMOutputFormat,
} from "mediabunny";
import { VoxelVolumeError } from "../../errors.ts";
import type { FilmEncoder, FilmShape } from "./encoder.ts";
import { onWhite } from "./on-white.ts";

export type VideoFormat = "mp4" | "webm";

/** Codecs by format, starting with the one that most players know. */
const CODECS: Readonly<Record<VideoFormat, VideoCodec[]>> = {
  mp4: ["avc", "vp9", "av1"],
  webm: ["vp9", "vp8", "av1"],
};

const NAMES: Partial<Record<VideoCodec, string>> = { avc: "H.264", vp9: "VP9", av1: "AV1", vp8: "VP8" };

/** Bits for each pixel of a film: with fewer, single voxels blur into each other. */
const BITS_PER_PIXEL = 0.4;
/** Bits a second that small and slow films have at least. */
const LEAST_BITS = 500_000;

const quality = ({ width, height, fps }: FilmShape) =>
  new Quality({ bitrate: Math.round(Math.max(LEAST_BITS, BITS_PER_PIXEL * width * height * fps)) });

/** The codec with which the browser writes films of this format and size; undefined if it has none. */
export async function codecFor(format: VideoFormat, shape: FilmShape): Promise<VideoCodec | undefined> {
  const { width, height, fps } = shape;
  const options = { width, height, frameRate: fps, quality: quality(shape) };
  return (await getFirstEncodableVideoCodec(CODECS[format], options)) ?? undefined;
}

/** Awaits a step of encoding. @throws VoxelVolumeError "unsupported-format". */
async function encoded(step: Promise<void>): Promise<void> {
  try {
    await step;
  } catch (cause) {
    throw new VoxelVolumeError(
      "unsupported-format",
      `This browser could not encode the film: choose another format or size (${(cause as Error).message})`,
      { cause },
    );
  }
}

/** The encoder of a format with a codec that the browser has. */
export async function videoEncoder(
  format: VideoFormat,
  codec: VideoCodec,
  shape: FilmShape,
): Promise<FilmEncoder<Blob>> {
  const { fps } = shape;
  const target = new BufferTarget();
  const container =
    format === "mp4" ? new Mp4OutputFormat({ fastStart: "in-memory" }) : new WebMOutputFormat();
  const output = new Output({ format: container, target });
  const source = new VideoSampleSource({ codec, quality: quality(shape), latencyMode: "quality" });
  output.addVideoTrack(source, { frameRate: fps });
  await output.start();
  let count = 0;
  return {
    codec: NAMES[codec] ?? codec,
    async add(frame) {
      const sample = new VideoSample(onWhite(frame), { timestamp: count++ / fps, duration: 1 / fps });
      await encoded(source.add(sample));
      sample.close();
    },
    async finish() {
      await encoded(output.finalize());
      return new Blob([target.buffer as ArrayBuffer], { type: `video/${format}` });
    },
    cancel: () => output.cancel(),
  };
}
