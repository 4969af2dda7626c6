/** toFilm: films as the browser's own decoders show them, progress, stopping, and the formats that the browser has. */

import type { VoxelVolumeElement } from "../../src/index.ts";
import { BLOB, blob, DIMS } from "../support/blob.ts";
import { decibels, expectAlike } from "../support/pictures.ts";
import { type Picture, readPng } from "../support/png.ts";
import { expect, isolated, test, type Viewer } from "./viewer.ts";

const COUNT = 6;
const SIZE = "96x64";

type FilmOptions = Parameters<VoxelVolumeElement["toFilm"]>[0];

/** The middle of each of a film's frames, as the browser's video and image decoders show it, and its delays in ms. */
function shown(
  viewer: Viewer,
  options: FilmOptions,
): Promise<{ type: string; pngs: string[]; delays: number[] }> {
  return viewer.page.evaluate(
    async ({ options, count }) => {
      const element = document.querySelector("voxel-volume") as VoxelVolumeElement;
      const film = await element.toFilm(options);
      const text = async (source: CanvasImageSource, width: number, height: number) => {
        const canvas = new OffscreenCanvas(width, height);
        canvas.getContext("2d")?.drawImage(source, 0, 0);
        const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
        return btoa(String.fromCharCode(...bytes));
      };
      const [pngs, delays]: [string[], number[]] = [[], []];
      if (film.type === "image/gif") {
        const decoder = new ImageDecoder({ data: await film.arrayBuffer(), type: film.type });
        await Promise.all([decoder.tracks.ready, decoder.completed]);
        for (let i = 0; i < (decoder.tracks.selectedTrack?.frameCount ?? 0); i++) {
          const { image } = await decoder.decode({ frameIndex: i });
          pngs.push(await text(image, image.displayWidth, image.displayHeight));
          delays.push((image.duration ?? 0) / 1000);
          image.close();
        }
        return { type: film.type, pngs, delays };
      }
      const video = document.createElement("video");
      video.muted = true;
      video.src = URL.createObjectURL(film);
      await new Promise((resolve, reject) => {
        video.onloadeddata = resolve;
        video.onerror = () => reject(new Error(video.error?.message));
      });
      delays.push(1000 * video.duration);
      for (let i = 0; i < count; i++) {
        // A busy browser may report that it has sought before it shows the frame.
        const isShown = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
        video.currentTime = ((i + 0.5) * video.duration) / count;
        await new Promise((resolve) => {
          video.onseeked = resolve;
        });
        // The frame that is already shown is not shown again.
        await Promise.race([isShown, new Promise((resolve) => setTimeout(resolve, 500))]);
        pngs.push(await text(video, video.videoWidth, video.videoHeight));
      }
      return { type: film.type, pngs, delays };
    },
    { options, count: COUNT },
  );
}

const pictures = (pngs: readonly string[]) => pngs.map((text) => readPng(Buffer.from(text, "base64")));

/** The picture with these options, on white. */
async function still(viewer: Viewer, options: Record<string, string | number>): Promise<Picture> {
  const bytes = await viewer.page.evaluate(
    async ({ options, size }) => {
      const element = document.querySelector("voxel-volume") as VoxelVolumeElement;
      const blob = await element.toBlob({ size, background: "white", options });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    { options, size: SIZE },
  );
  return readPng(Buffer.from(bytes));
}

const turn = (format: FilmOptions["format"]): FilmOptions => ({
  ...{ format, turntable: 180, to: { zoom: 2 }, fps: COUNT, seconds: 1, size: SIZE },
});

for (const [format, type, least] of [
  ["mp4", "video/mp4", 26],
  ["webm", "video/webm", 26],
  ["gif", "image/gif", 34],
] as const)
  test(`the browser shows the frames of a film as ${format}`, async ({ viewer }) => {
    viewer.files["a.nii"] = blob();
    await viewer.add({ src: "files/a.nii", blend: "exact" });
    const film = await shown(viewer, turn(format));
    expect(film.type).toBe(type);
    const frames = pictures(film.pngs);
    expect(frames.length).toBe(COUNT);
    const duration = film.delays.reduce((sum, ms) => sum + ms, 0);
    expect(Math.abs(duration - 1000)).toBeLessThan(2);
    if (format === "gif") expect(new Set(film.delays)).toEqual(new Set([160, 170]));
    const third = await still(viewer, { azimuth: 392, zoom: 1.4 });
    expectAlike(`film-element-${format}`, frames[2], third, least);
    expectAlike(
      `film-element-${format}-last`,
      frames[5],
      await still(viewer, { azimuth: 500, zoom: 2 }),
      least,
    );
    expect(decibels(frames[1], third), "the picture moves").toBeLessThan(22);
  });

test("the frames of the file play, and the picture on screen stays", async ({ viewer }) => {
  viewer.files["a.nii"] = blob({
    dims: [...DIMS, 3],
    value: (i) => BLOB.value(i % 1920) / (1 + Math.floor(i / 1920)),
  });
  await viewer.add({ src: "files/a.nii", blend: "exact", window: "0 700" });
  const before = await viewer.picture();
  const film = await shown(viewer, { format: "gif", frames: "all", fps: COUNT, seconds: 1, size: SIZE });
  const frames = pictures(film.pngs);
  await viewer.settled();
  expect(decibels(await viewer.picture(), before)).toBeGreaterThan(60);
  expect(await viewer.get("frame")).toBe(0);
  expect(frames[0]).toEqual(frames[1]);
  await viewer.set("frame", 2);
  expectAlike("film-element-4d", frames[5], await still(viewer, {}), 34);
});

test("progress counts the frames, and a signal stops the film", async ({ viewer }) => {
  viewer.files["a.nii"] = blob();
  await viewer.add({ src: "files/a.nii", blend: "exact" });
  const { counts, reason, picture } = await viewer.call(async (element) => {
    const film = { turntable: 90, fps: 4, seconds: 1, size: "32", format: "zip" } as const;
    const counts: number[][] = [];
    await element.toFilm({ ...film, onProgress: (...count) => counts.push(count) });
    const abort = new AbortController();
    let done = 0;
    const stopped = element.toFilm({
      ...film,
      signal: abort.signal,
      onProgress: (count) => {
        done = count;
        if (count === 2) abort.abort(new Error("enough"));
      },
    });
    const reason = await stopped.then(
      () => "none",
      (error: Error) => error.message,
    );
    return { counts, reason: `${reason} after ${done}`, picture: (await element.toBlob()).type };
  });
  expect(counts).toEqual([1, 2, 3, 4].map((n) => [n, 4]));
  expect(reason).toBe("enough after 2");
  expect(picture).toBe("image/png");
});

test("wrong options are refused", async ({ viewer }) => {
  viewer.files["a.nii"] = blob();
  await viewer.add({ src: "files/a.nii", blend: "exact" });
  const messages = await viewer.call(async (element) => {
    const messages: string[] = [];
    for (const options of [
      {},
      { turntable: 90, format: "avi" as never },
      { turntable: 90, format: "gif", fps: 60 } as const,
      { turntable: 90, background: "none" },
      { frames: "all" },
      { to: { colormap: "jet" } },
    ])
      await element.toFilm(options).catch((error) => messages.push(`${error.code}: ${error.message}`));
    return messages;
  });
  expect(messages).toEqual([
    expect.stringMatching("^invalid-option: nothing moves in this film"),
    'invalid-option: format "avi": expected mp4, webm, gif, zip',
    "invalid-option: fps 60: a GIF has at most 50 frames a second",
    expect.stringMatching('^invalid-option: background "none": expected a CSS colour'),
    "invalid-option: frames: the file has only one frame",
    expect.stringMatching("^invalid-option: colormap cannot change during a film"),
  ]);
});

isolated("without a codec, the formats that are left are offered", async ({ viewer }) => {
  viewer.files["a.nii"] = blob();
  await viewer.page.evaluate(() => {
    const { isConfigSupported } = VideoEncoder;
    VideoEncoder.isConfigSupported = async (config) =>
      config.codec.startsWith("avc") ? { supported: false, config } : isConfigSupported(config);
  });
  await viewer.add({ src: "files/a.nii", blend: "exact" });
  const outcome = await viewer.page.evaluate(async () => {
    const element = document.querySelector("voxel-volume") as VoxelVolumeElement;
    const { filmFormats } = (await import(
      "/voxel-volume.min.js" as string
    )) as typeof import("../../src/index.ts");
    const withoutH264 = await filmFormats();
    const film = await element.toFilm({ turntable: 90, fps: 2, seconds: 1, size: "32", format: "mp4" });
    const text = new TextDecoder("latin1").decode(await film.arrayBuffer());
    VideoEncoder.isConfigSupported = async (config) => ({ supported: false, config });
    // The browser is asked only once for a size.
    const withoutAny = await filmFormats({ width: 64, height: 64 });
    const message = await element
      .toFilm({ turntable: 90, size: "34", format: "mp4" })
      .catch((error) => `${error.code}: ${error.message}`);
    const byDefault = await element.toFilm({ turntable: 90, fps: 2, seconds: 1, size: "36" });
    return { withoutH264, isVp9: text.includes("vp09"), withoutAny, message, type: byDefault.type };
  });
  expect(outcome).toEqual({
    withoutH264: ["mp4", "webm", "gif", "zip"],
    isVp9: true,
    withoutAny: ["gif", "zip"],
    message: "unsupported-format: This browser cannot write mp4 films of 34x34 pixels; it can write gif, zip",
    type: "image/gif",
  });
});
