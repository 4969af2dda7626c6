/** The state in a URL's hash: exact round trips, readable text, and nothing harmful from a hostile hash. */

import { expect, test } from "playwright/test";
import { OPTION_NAMES } from "../../src/options/options.ts";
import { stateIn, withState } from "../../src/state/hash.ts";
import type { ViewerState } from "../../src/state/state.ts";

const BASE = "https://example.org/scans/page.html";
const taken = (state: string, base = BASE) => stateIn(`#voxel-volume=${state}`, "voxel-volume", base);
const there = (state: ViewerState, base = BASE) => withState("", "voxel-volume", state, base);

test("every member and option comes back exactly, whatever its text", () => {
  const odd = "a;b=c&d#e%20 +/:,'()*!~\"<ü\n{name}";
  const options = Object.fromEntries(OPTION_NAMES.map((name, i) => [name, `${odd}${i}`]));
  const state: ViewerState = {
    version: 1,
    src: "files/head 1;2&3.nii.gz?x=1#y",
    entry: odd,
    frame: 12,
    channel: 3,
    labels: `{"17": ${JSON.stringify(odd)}}`,
    background: "rgb(1 2 3 / 50%)",
    options,
  };
  const { hash, hasVolume, isWithoutLabels } = there(state);
  expect([hasVolume, isWithoutLabels]).toEqual([true, false]);
  expect(stateIn(hash, "voxel-volume", BASE)).toEqual(state);
  const { href } = new URL(hash, BASE);
  expect(stateIn(new URL(href).hash, "voxel-volume", BASE)).toEqual(state);
  // Chat programs end a link at some characters.
  expect(hash).toMatch(/^#[\w.~;=:/,+%-]+$/);
});

test("numbers keep all their digits, and empty options stay", () => {
  const options = { azimuth: String(320 / 7), zoom: String(1e-2 / 3), flip: "", clip: "1 -1 -1 0.1" };
  const state = { version: 1, src: "head.nii", options };
  expect(stateIn(there(state).hash, "voxel-volume", BASE)).toEqual(state);
});

test("the hash is readable and keeps what it has under other keys", () => {
  const state = { version: 1, src: "data/head.nii.gz", options: { view: "cut", crop: "0:0.7 0:1 0:0.5" } };
  expect(there(state).hash).toBe("#voxel-volume=1;src=data/head.nii.gz;view=cut;crop=0:0.7+0:1+0:0.5");
  const both = withState(
    "#left=1;zoom=2&page=3&right=1",
    "left",
    { version: 1, options: { zoom: "3" } },
    BASE,
  );
  expect(both.hash).toBe("#page=3&right=1&left=1;zoom=3");
  expect(stateIn(both.hash, "right", BASE)).toEqual({ version: 1 });
  expect(stateIn(both.hash, "page", BASE)).toEqual({ version: 3 });
  expect(stateIn(both.hash, "other", BASE)).toBeUndefined();
});

test("a volume without a public URL, and a table that is too long, are left out and told", () => {
  for (const src of [undefined, "blob:https://example.org/1", "data:,1"]) {
    const made = there({ version: 1, src, options: { zoom: "2" } });
    expect(made).toEqual({ hash: "#voxel-volume=1;zoom=2", hasVolume: false, isWithoutLabels: false });
  }
  const long = there({ version: 1, src: "a.nii", labels: `{"1": "${"x".repeat(40_000)}"}` });
  expect(long).toEqual({ hash: "#voxel-volume=1;src=a.nii", hasVolume: true, isWithoutLabels: true });
});

test("only addresses of the web, or relative to the page, are taken", () => {
  for (const src of ["head.nii", "/head.nii", "//other.org/a.nii", "http://other.org/a.nii", "./a:b.nii"])
    expect(taken(`1;src=${encodeURIComponent(src)}`)?.src, src).toBe(src);
  for (const src of [
    "javascript:1",
    "\\\\example.org\\x",
    "data:,1",
    " data:,1",
    "da\nta:,1",
    "blob:x",
    "file:///etc/passwd",
    "ftp://a/b",
    "https://",
  ])
    for (const name of src.includes("\n") ? ["src"] : ["src", "labels"])
      expect(taken(`1;${name}=${encodeURIComponent(src)}`), src).toEqual({ version: 1 });
  expect(taken("1;src=a.nii", "file:///home/page.html")?.src).toBe("a.nii");
});

test("hostile hashes give no state, or one of known names", () => {
  for (const text of ["", "x", "1.5;zoom=2", "-1", ";zoom=2", "1e9", "{}", `1;zoom=${"9".repeat(40_000)}`])
    expect(taken(text), text.slice(0, 20)).toBeUndefined();
  expect(taken("1;__proto__=1;constructor=2;toString=3;onload=4;style=5;innerHTML=6;voxels=7")).toEqual({
    version: 1,
  });
  expect(taken("1;frame=-1;channel=1.5;zoom=%E0%A4%A;gamma;=3;;entry=")).toEqual({ version: 1 });
  expect(taken("7;zoom=2;unknown=x")).toEqual({ version: 7, options: { zoom: "2" } });
  expect(Object.prototype).not.toHaveProperty("zoom");
});
