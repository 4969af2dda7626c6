/** Label tables: the formats of other programs, the values that a page sets, and errors. */

import { expect, test } from "playwright/test";
import { VoxelVolumeError } from "../../src/errors.ts";
import { type LabelInput, labelTable, parseLabelTable } from "../../src/options/label-table.ts";

const parsed = (text: string) => Object.fromEntries(parseLabelTable(text));

/** The message with which a table is rejected. */
function refused(table: () => unknown): string {
  try {
    table();
  } catch (error) {
    expect(error).toBeInstanceOf(VoxelVolumeError);
    expect((error as VoxelVolumeError).code).toBe("invalid-option");
    expect((error as Error).message).toMatch(/^labels: [^\n\r]+$/);
    return (error as Error).message;
  }
  throw new Error("the table was taken");
}
const refusedText = (text: string) => refused(() => parseLabelTable(text, "lut.txt"));

const HIPPOCAMPI = {
  17: { name: "Left-Hippocampus", color: [220, 216, 20] },
  53: { name: "Right-Hippocampus", color: [220, 216, 21] },
};

test("FreeSurfer's colour table; its alpha is ignored", () => {
  const text = `#$Id: FreeSurferColorLUT.txt,v 1.105 2015/07/29 $

#No. Label Name:                            R   G   B   A

0   Unknown                                 0   0   0   0
17  Left-Hippocampus                        220 216 20  0
  53  Right-Hippocampus                     220 216 21  0

#ctTType   1  cortex
1000    ctx-lh-unknown                      25  5   25  0   1
2   Left-Cerebral-White-Matter # no colour
`;
  expect(parsed(text)).toEqual({
    ...HIPPOCAMPI,
    0: { name: "Unknown", color: [0, 0, 0] },
    1000: { name: "ctx-lh-unknown", color: [25, 5, 25] },
    2: { name: "Left-Cerebral-White-Matter # no colour" },
  });
});

test("3D Slicer's colour table, and the CSV table that it exports", () => {
  expect(parsed("# Color table file\n# 2 values\n0 background 0 0 0 0\n1 tissue 128 174 128 255\n")).toEqual({
    0: { name: "background", color: [0, 0, 0] },
    1: { name: "tissue", color: [128, 174, 128] },
  });
  const csv = `LabelValue,Name,Color_R,Color_G,Color_B,Color_A,SegmentedProperty_CodeMeaning
1,"bone, ""cortical""",241,214,145,255,Bone`;
  expect(parsed(csv)).toEqual({ 1: { name: 'bone, "cortical"', color: [241, 214, 145] } });
});

test("ITK-SNAP's label descriptions; VIS 0 hides a label", () => {
  const text = `################################################
# ITK-SnAP Label Description File
# IDX   -R-  -G-  -B-  -A--  VIS MSH  LABEL
################################################
    0     0    0    0        0  0  0    "Clear Label"
    1   255    0    0        1  1  1    "Lung, left"
    2     0  255    0      0.5  1  0    "3"
    3     0    0  255        0  1  1    ""
    4     1    1    1        1  0  1    "A ""B"" C"
`;
  expect(parsed(text)).toEqual({
    0: { name: "Clear Label", color: [0, 0, 0], hidden: true },
    1: { name: "Lung, left", color: [255, 0, 0] },
    2: { name: "3", color: [0, 255, 0] },
    3: { color: [0, 0, 255] },
    4: { name: 'A "B" C', color: [1, 1, 1], hidden: true },
  });
});

test("names of several words, names or colours alone, mixed tabs and spaces", () => {
  expect(
    parsed("1 Left Hippocampus\n2 Area 44\n3 Left Lung 1 2 3\n4 #f80\n5 1 2 3\n6 Liver #102030"),
  ).toEqual({
    1: { name: "Left Hippocampus" },
    2: { name: "Area 44" },
    3: { name: "Left Lung", color: [1, 2, 3] },
    4: { color: [255, 136, 0] },
    5: { color: [1, 2, 3] },
    6: { name: "Liver", color: [16, 32, 48] },
  });
  expect(parsed("1\tArea 44\t\t1\t2\t3\n2\tB\t4 5 6 0\n3 C\t7 8 9")).toEqual({
    1: { name: "Area 44", color: [1, 2, 3] },
    2: { name: "B", color: [4, 5, 6] },
    3: { name: "C", color: [7, 8, 9] },
  });
  expect(parsed("No. Label-Name R G B A\n1 Left Lung 1 2 3 0")).toEqual({
    1: { name: "Left Lung", color: [1, 2, 3] },
  });
});

test("BIDS: dseg.tsv", () => {
  const text = `index\tname\tabbreviation\tcolor\tmapping
0\tBackground\tBG\tn/a\t0
100\t"Grey Matter"\tGM\t#ff53bb\t1
-3\tn/a\tWM\t#2F8BBE\t2
`;
  const expected = {
    0: { name: "Background" },
    100: { name: "Grey Matter", color: [255, 83, 187] },
    "-3": { color: [47, 139, 190] },
  };
  expect(parsed(text)).toEqual(expected);
  expect(parsed(`\uFEFF${text.replaceAll("\n", "\r\n")}`)).toEqual(expected);
});

for (const [what, text] of Object.entries({
  "with a header": "index,name,r,g,b\n17,Left-Hippocampus,220,216,20\n53,Right-Hippocampus,220,216,21",
  "with other names":
    "Red;Green;Blue;Structure;ID\n220;216;20;Left-Hippocampus;17\n220;216;21;Right-Hippocampus;53",
  "with a label beside a value": "label,value,hex\nLeft-Hippocampus,17,#dcd814\nRight-Hippocampus,53,dcd815",
  "with a label and its name":
    '"label","label_name","colour"\n17,Left-Hippocampus,#dcd814\n53,Right-Hippocampus,#DCD815',
  "with an index column in front":
    ",id,region,color\n0,17.0,Left-Hippocampus,#dcd814\n1,53.0,Right-Hippocampus,#dcd815",
  "without a header": "17, Left-Hippocampus, 220, 216, 20\n53, Right-Hippocampus, 220, 216, 21\n,,,,\n",
  "without a header, of colours as text": "17;Left-Hippocampus;#dcd814\n53;Right-Hippocampus;#dcd815",
})) {
  test(`CSV ${what}`, () => expect(parsed(text)).toEqual(HIPPOCAMPI));
}

test("CSV: quoted fields contain delimiters, quotes and nothing", () => {
  expect(parsed('id,name,color\n1,"a, ""b"" c",#fff\n2,"",\n3,"""x""",#000\n4,p')).toEqual({
    1: { name: 'a, "b" c', color: [255, 255, 255] },
    2: {},
    3: { name: '"x"', color: [0, 0, 0] },
    4: { name: "p" },
  });
});

test("levels are from 0 to 1 if all are in that range and one has a fraction", () => {
  expect(parsed("1 a 1 0.5 0\n2 b 0 0 1")).toEqual({
    1: { name: "a", color: [255, 128, 0] },
    2: { name: "b", color: [0, 0, 255] },
  });
  expect(parsed("id,r,g,b\n1,1.0,0.0,0.0\n2,,,")).toEqual({ 1: { color: [255, 0, 0] }, 2: {} });
  expect(parsed("1 a 1 1 0\n2 b 0 0 1")[1].color).toEqual([1, 1, 0]);
  expect(parsed("1 a 1 0.5 0\n2 b 0 0 200.4")).toMatchObject({
    1: { color: [1, 1, 0] },
    2: { color: [0, 0, 200] },
  });
});

test("JSON: an object, a row of names, and objects with their label", () => {
  expect(
    parsed('{"1": "Left", "-2": {"name": "Right", "color": [1, 2, 3], "hidden": true}, "3": "#f00"}'),
  ).toEqual({
    1: { name: "Left" },
    "-2": { name: "Right", color: [1, 2, 3], hidden: true },
    3: { color: [255, 0, 0] },
  });
  expect(parsed('\uFEFF ["Background", null, {"name": null, "color": "#00f"}]')).toEqual({
    0: { name: "Background" },
    2: { color: [0, 0, 255] },
  });
  expect(
    parsed('[{"index": 7, "name": "A", "color": "#f00"}, {"id": 8, "label": "B", "r": 1, "g": 2, "b": 3}]'),
  ).toEqual({
    7: { name: "A", color: [255, 0, 0] },
    8: { name: "B", color: [1, 2, 3] },
  });
});

test("a page can set a map, an object, an array or text", () => {
  const expected = new Map([[5, { name: "Liver", color: [255, 0, 0], hidden: true }]]);
  const entry = { name: "Liver", color: "#f00", hidden: true };
  const inputs: LabelInput[] = [
    new Map([[5, entry]]),
    { 5: entry },
    { " 5 ": { ...entry, color: [255, 0, 0, 255] } },
    [{ index: 5, ...entry }],
    [null, null, null, null, null, entry],
    JSON.stringify({ 5: entry }),
  ];
  for (const input of inputs) expect(labelTable(input)).toEqual(expected);
  const table = labelTable({ 5: entry });
  expect(labelTable(table)).toEqual(table);
  expect(labelTable({ 5: [255, 0, 0] }).get(5)).toEqual({ color: [255, 0, 0] });
  for (const none of [{}, [], new Map()]) expect(labelTable(none).size).toBe(0);
});

test("the last line of a label replaces earlier ones completely", () => {
  expect(parsed("1 a 1 2 3\n2 b\n1 c")).toEqual({ 1: { name: "c" }, 2: { name: "b" } });
});

test("names of Object.prototype have no special meaning", () => {
  expect(parsed("index,name\n1,constructor\n2,__proto__")).toEqual({
    1: { name: "constructor" },
    2: { name: "__proto__" },
  });
  expect(refusedText('{"__proto__": {"name": "x"}}')).toContain('"__proto__"');
  expect(refusedText('{"1": {"__proto__": {"name": "x"}}}')).toContain("expected a name");
  expect(refusedText("constructor,toString\n1,2")).toContain("line 1");
  expect(Object.keys({}).length + Object.keys(Object.prototype).length).toBe(0);
});

for (const [what, text, message] of [
  ["a label", "1 a\n\n1.5 b", 'line 3 of lut.txt has the label "1.5"; expected a whole number'],
  ["a word for a label", "# x\r\n1 a\r\nb 2", 'line 3 of lut.txt has the label "b"; expected a whole number'],
  ["too large a label", "1 a\n99999999999999999 b", 'line 2 of lut.txt has the label "99999999999999999"'],
  ["a label that is missing", "index,name\n,b", 'line 2 of lut.txt has the label ""'],
  ["a lone label", "1 a\n2", "line 2 of lut.txt has but the label 2; expected lines such as 17"],
  [
    "a colour's level",
    "1 a 1 2 300",
    'line 1 of lut.txt has the colour "1 2 300"; expected #rgb, #rrggbb or red',
  ],
  ["a colour's name", "id,color\n1,red", 'line 2 of lut.txt has the colour "red"; expected #rgb'],
  ["half a colour", "id,r,g,b\n1,1,,3", "line 2 of lut.txt has the colour"],
  ["a quote", '1,a\n2,"b', 'line 2 of lut.txt opens a quote; expected a second " on the line'],
  ["columns", "name,color\na,#f00", 'line 1 of lut.txt is "name,color"; expected lines such as 17'],
  ["prose", "Not found", 'line 1 of lut.txt is "Not found"; expected lines such as 17'],
  ["bytes", "\x89PNG\x1A\0\0", 'line 1 of lut.txt is "'],
  ["a web page", "\n<!DOCTYPE html>\n<p>404", "lut.txt is a web page or XML; check its address; expected"],
  ["nothing", "", "lut.txt has no labels in it; expected lines such as 17 Left-Hippocampus 220 216 20"],
  ["comments alone", "\uFEFF# x\n\n \t\n", "lut.txt has no labels in it"],
  ["a header alone", "index,name,color\n", "lut.txt has no labels in it"],
  ["empty JSON", "[]", "lut.txt has no labels in it"],
  ["JSON's syntax", '{"1": "a",\n}', "lut.txt is no valid JSON ("],
  ["JSON's label", '{"a": "b"}', 'entry "a" of lut.txt has the label "a"; expected a whole number'],
  [
    "JSON's entry",
    '{"1": 2}',
    'entry "1" of lut.txt is "2"; expected a name, a colour, or {name, color, hidden}',
  ],
  ["JSON's key", '{"1": {"nmae": "x"}}', 'entry "1" of lut.txt is an object; expected a name'],
  ["JSON's name", '{"1": {"name": 5}}', 'entry "1" of lut.txt has the name "5"; expected text'],
  ["JSON's colour", '[[1, 2, 3], [1, "x", [2]]]', 'entry "1" of lut.txt has the colour an object'],
]) {
  test(`refused: ${what}`, () => expect(refusedText(text)).toContain(`labels: ${message}`));
}

test("invalid values set by a page are rejected, too", () => {
  for (const input of [5, null, undefined, true]) {
    expect(refused(() => labelTable(input as unknown as LabelInput))).toContain("is no table; expected text");
  }
  expect(refused(() => labelTable({ left: "a" }))).toBe(
    'labels: entry "left" has the label "left"; expected a whole number',
  );
  expect(refused(() => labelTable({ 1: { color: "red" } }))).toContain('entry "1" has the colour "red"');
  expect(refused(() => labelTable("1 a\nb"))).toContain("line 2 of the table");
});

test("large and hostile tables are parsed in linear time", () => {
  // Takes less than a second; minutes if a step were quadratic.
  test.setTimeout(20_000);
  const [lines, length] = [5000, 60_000];
  const many = (line: (i: number) => string) => Array.from({ length: lines }, (_, i) => line(i));
  expect(parseLabelTable(many((i) => `${i} Some-Name   ${i % 256} 2 3 0`).join("\n")).size).toBe(lines);
  expect(parseLabelTable(`index,name,color\n${many((i) => `${i},"a, b",#123456`).join("\n")}`).size).toBe(
    lines,
  );
  expect(parseLabelTable(`[${many((i) => `{"index": ${i}, "name": "a"}`)}]`).size).toBe(lines);
  for (const part of [
    " ",
    "\t",
    ",",
    ";",
    '"',
    '""',
    "1 ",
    "1.",
    "1,",
    "#",
    "a b",
    "\n",
    "\r",
    "[",
    '{"1":',
    "-",
    "\0",
  ]) {
    const text = part.repeat(length / part.length);
    for (const hostile of [text, `1 ${text}x`, `1,${text}x`, `1,"${text}`, `id,name\n1,${text}x`]) {
      try {
        parseLabelTable(hostile);
      } catch (error) {
        expect(error).toBeInstanceOf(VoxelVolumeError);
        expect((error as Error).message.length).toBeLessThan(500);
      }
    }
  }
});
