/** The timeline of a film: what each frame shows, and which films are refused. */

import { expect, test } from "playwright/test";
import { type FilmMotion, planFilm } from "../../src/film/film-options.ts";
import { type Timeline, timeline } from "../../src/film/timeline.ts";
import type { OptionTexts } from "../../src/options/options.ts";
import { settingsOf } from "../support/plain-settings.ts";

/** The timeline of a film of 9 frames, unless `motion` has another length. */
function film(motion: FilmMotion, options: OptionTexts = {}, fileFrames = 1): Timeline {
  const plan = planFilm({ fps: 9, seconds: 1, ...motion }, options);
  return timeline(plan, { options, fileFrames, views: (texts) => [settingsOf(texts)] });
}

const every = <T>(shown: Timeline, of: (index: number) => T): T[] =>
  Array.from({ length: shown.length }, (_, i) => of(i));

/** The error message for a film that is refused. */
function refusal(motion: FilmMotion, options: OptionTexts = {}, fileFrames = 1): string {
  try {
    film(motion, options, fileFrames);
    return "";
  } catch (error) {
    const { code, message } = error as { code: string; message: string };
    expect(code).toBe("invalid-option");
    return message;
  }
}

test("a turntable turns evenly; a whole turn ends one step before its start", () => {
  const azimuths = (turntable: number, options?: OptionTexts) => {
    const shown = film({ turntable }, options);
    return every(shown, (i) => shown.at(i).views[0].camera.azimuth);
  };
  expect(azimuths(80)).toEqual([320, 330, 340, 350, 360, 370, 380, 390, 400]);
  expect(azimuths(360, { azimuth: "0" })).toEqual([0, 40, 80, 120, 160, 200, 240, 280, 320]);
  expect(azimuths(-720, { azimuth: "0" })).toEqual([0, -80, -160, -240, -320, -400, -480, -560, -640]);
  expect(azimuths(8, { view: "diagonal" })[0]).toBe(200);
});

test("options change linearly from one end to the other", () => {
  const shown = film({
    from: { opacity: 0, crop: "0:1 0:1 0:1", window: "0 100" },
    to: { opacity: 1, crop: "0.2:1 0:1 0:0.4", window: "40 900" },
  });
  const { opacity, crop, window } = shown.at(2).views[0];
  expect({ opacity, crop, window }).toEqual({
    opacity: 0.25,
    crop: [
      [0.05, 1],
      [0, 1],
      [0, 0.85],
    ],
    window: [10, 300],
  });
  expect(shown.at(0).views[0]).toMatchObject({ opacity: 0, window: [0, 100] });
  expect(shown.at(8).views[0]).toMatchObject({ opacity: 1, window: [40, 900] });
});

test("an end that is not given is as in the picture", () => {
  const shown = film({ to: { zoom: 3, azimuth: 0 }, from: { elevation: -30 } }, { azimuth: "80", zoom: "2" });
  const camera = (i: number) => shown.at(i).views[0].camera;
  expect(camera(0)).toMatchObject({ zoom: 2, azimuth: 80, elevation: -30 });
  expect(camera(8)).toMatchObject({ zoom: 3, azimuth: 0, elevation: 30 });
});

test("the turntable adds to a changing azimuth, and to that of every view", () => {
  const both = film({ turntable: 80, from: { azimuth: 0 }, to: { azimuth: 8 } });
  expect(both.at(8).views[0].camera.azimuth).toBe(88);
  const plan = planFilm({ turntable: 360, fps: 4, seconds: 1 });
  const views = (texts: OptionTexts) => ["full", "diagonal"].map((view) => settingsOf({ ...texts, view }));
  const several = timeline(plan, { options: {}, fileFrames: 1, views });
  expect(several.at(1).views.map(({ camera }) => camera.azimuth)).toEqual([410, 290]);
});

test("the frames of the file are spread over the film", () => {
  const frames = (motion: FilmMotion, all: number) => {
    const shown = film(motion, {}, all);
    return every(shown, (i) => shown.at(i).fileFrame);
  };
  expect(frames({ frames: "all" }, 3)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
  expect(frames({ frames: "2-4" }, 8)).toEqual([2, 2, 2, 3, 3, 3, 4, 4, 4]);
  expect(frames({ frames: "all", fps: 3 }, 9)).toEqual([0, 3, 6]);
  expect(film({ frames: "all", fps: 3 }, {}, 9).skipped).toBe(6);
  // Without a length, no frame is left out.
  expect(film({ frames: "all", seconds: undefined, fps: 2 }, {}, 20)).toMatchObject({
    length: 20,
    seconds: 10,
    skipped: 0,
  });
  expect(film({ turntable: 9, seconds: undefined, fps: undefined })).toMatchObject({
    length: 90,
    seconds: 3,
  });
});

test("without a window, all frames of the file have that of the first one", () => {
  const window = (motion: FilmMotion, index: number) => {
    const plan = planFilm({ fps: 4, seconds: 1, ...motion });
    const views = (texts: OptionTexts) => [settingsOf(texts)];
    const subject = { options: {}, fileFrames: 4, profile: { min: -3, max: 9 }, views };
    return timeline(plan, subject).at(index).views[0].window;
  };
  expect(window({ frames: "all" }, 3)).toEqual([-3, 9]);
  expect(window({ to: { window: "0 9" } }, 0)).toEqual([-3, 9]);
  expect(window({ turntable: 90 }, 3)).toBe(null);
});

test("equal frames have equal keys", () => {
  const still = film({ frames: "all" }, {}, 3);
  expect(new Set(every(still, (i) => still.at(i).key)).size).toBe(3);
  const moving = film({ frames: "all", turntable: 30 }, {}, 3);
  expect(new Set(every(moving, (i) => moving.at(i).key)).size).toBe(9);
});

test("a film that cannot be made is refused with advice", () => {
  const cases: [motion: FilmMotion, word: string, options?: OptionTexts, frames?: number][] = [
    [{}, "nothing moves in this film"],
    [{ turntable: 0 }, "nothing moves in this film"],
    [{ turntable: Number.NaN }, 'turntable "NaN": expected degrees'],
    [{ turntable: 9, fps: 0 }, 'fps "0": expected'],
    [{ turntable: 9, fps: 121 }, "at most 120"],
    [{ turntable: 9, seconds: -1 }, 'seconds "-1": expected'],
    [{ turntable: 9, seconds: 0.1 }, "are 1 frames: a film has 2 to"],
    [{ turntable: 9, seconds: 3600, fps: 120 }, "are 432000 frames: a film has 2 to"],
    [{ to: { colormap: "jet" } }, "colormap cannot change during a film: expected one of window, "],
    [{ to: { constructor: "1" } as never }, "constructor cannot change during a film"],
    [{ to: { opacity: 2 } }, 'opacity "2": expected auto, or a number from 0 to 1'],
    [{ from: { crop: "half" } }, 'crop "half": expected three ranges'],
    [{ to: { clip: "1 0 0 0" } }, "clip has no value at one end of the film: give it by from, too"],
    [{ from: { clip: "1 0 0 0" } }, "clip has no value at one end of the film: give it by to, too"],
    [{ from: { clip: "1 0 0 0" }, to: { clip: "-1 0 0 0" } }, 'clip "0 0 0 0": expected four numbers'],
    [{ frames: "some" }, 'frames "some": expected all, or'],
    [{ frames: "4-2" }, 'frames "4-2": expected all, or'],
    [{ frames: "all" }, "the file has only one frame"],
    [{ frames: "0-9" }, 'frames "0-9": the file has the frames 0-4', {}, 5],
  ];
  for (const [motion, word, options, frames] of cases)
    expect(refusal(motion, options, frames), JSON.stringify(motion)).toContain(word);
});
