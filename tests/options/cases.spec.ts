/** Kinds and windows of the volumes in ../shared/cases, the subject of public bug reports. */

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { noticeOf } from "../../src/options/notice.ts";
import { fromBytes, readVolume } from "../../src/read/index.ts";
import { drawn, filledOf } from "./drawn.ts";

const CASES = "../shared/cases";

test.describe("the cases of ../shared", () => {
  test.skip(!existsSync(`${CASES}/cases.json`), "there is no ../shared");

  async function shared(name: string) {
    const [file] = readdirSync(`${CASES}/${name}`);
    const { volume } = await readVolume(fromBytes(file, readFileSync(`${CASES}/${name}/${file}`)));
    return { volume, ...(await drawn(volume)) };
  }

  for (const [name, filled, levels] of [
    ["v_f8_offset1e9", 789, 58],
    ["v_u4_offset", 789, 58],
    ["s_flywire_u8", 660, 9],
  ] as const) {
    test(`${name}: ${filled} voxels filled, ${levels} levels`, async () => {
      const { profile, settings, appearance } = await shared(name);
      expect(appearance).toMatchObject({ kind: "intensity", window: [profile.min, profile.max] });
      expect([filledOf(profile, settings), profile.levels.values.length]).toEqual([filled, levels]);
    });
  }

  test("v_mask is a mask, with shading", async () => {
    expect((await shared("v_mask")).appearance).toMatchObject({ kind: "mask", opacity: 1, shade: "smooth" });
  });

  test("v_labels has five labels", async () => {
    expect((await shared("v_labels")).appearance).toMatchObject({
      kind: "labels",
      kindText: "Labels: 5 values",
    });
  });

  test("v_ct32768: the window excludes the padding, and little of the rest is opaque", async () => {
    const { profile, settings, appearance } = await shared("v_ct32768");
    expect(appearance.kind).toBe("intensity");
    expect(appearance.window[0]).toBeGreaterThanOrEqual(-1024);
    const filled = filledOf(profile, settings);
    expect(filled).toBeGreaterThan(0);
    expect(filled).toBeLessThan(0.3 * profile.count);
  });

  test("s_hot_i2: the window excludes the hot voxel", async () => {
    const { profile, settings, appearance } = await shared("s_hot_i2");
    expect(appearance).toMatchObject({ kind: "intensity" });
    expect(appearance.window[1]).toBeLessThan(1000);
    expect(filledOf(profile, settings)).toBeGreaterThan(0.3 * profile.count);
  });

  test("v_const: a notice says that every value is the same", async () => {
    const { profile, settings } = await shared("v_const");
    const notice = noticeOf(settings, profile, { filled: 0, voxels: profile.count, isCut: false });
    expect(notice).toMatch(/^Every value is 7: .*Is it the right file/);
  });
});
