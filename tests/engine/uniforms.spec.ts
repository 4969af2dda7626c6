/** The layout of every uniform struct matches that of an independent WGSL parser, byte for byte. */

import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "playwright/test";
import { UniformLayout, wgslConstant } from "../../src/engine/gpu/uniforms.ts";
import { random } from "../support/oracle.ts";

// webgpu-utils is for browsers: it refers to these globals when it loads, and Node 20 has neither.
const GPUShaderStage = { VERTEX: 1, FRAGMENT: 2, COMPUTE: 4 };
Object.assign(globalThis, { Float16Array: Uint16Array, GPUShaderStage });
const { makeShaderDataDefinitions, makeStructuredView } = await import("webgpu-utils");

const folder = new URL("../../shaders/", import.meta.url);
const shaders = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".wgsl"))
  .map((name) => ({ name, code: readFileSync(new URL(name, folder), "utf8") }));

/** Every struct that a shader binds as a uniform, declared in that shader or in one that it includes. */
const uniforms = new Map<string, { struct: string; declaration: string }>();
for (const { name, code } of shaders) {
  for (const [, struct] of code.matchAll(/var<uniform> \w+: (\w+)/g)) {
    const declares = new RegExp(`struct ${struct} {[^}]*}`);
    const owner = [{ name, code }, ...shaders].find((shader) => declares.test(shader.code));
    // The array of levels in View is tested in page-uniforms.spec.ts.
    const declaration = (declares.exec(owner?.code ?? "")?.[0] ?? "").replace(/\n *\w+: array<.*/, "");
    uniforms.set(`${struct} in ${owner?.name}`, { struct, declaration });
  }
}

test("the uniforms of all shaders are found", () => {
  expect([...uniforms.keys()]).toEqual(
    expect.arrayContaining([
      "Field in lib/field.wgsl",
      "Frame in lib/frame.wgsl",
      "Params in pipeline/blur.wgsl",
    ]),
  );
});

for (const [label, { struct, declaration }] of uniforms) {
  test(label, () => {
    const definition = makeShaderDataDefinitions(declaration).structs[struct];
    const layout = new UniformLayout(declaration, struct);
    const next = random(1);
    const values: Record<string, number | number[]> = {};
    for (const [field, { offset, type }] of Object.entries(definition.fields)) {
      expect(layout.offset(field), field).toBe(offset);
      const components = "size" in type ? type.size / 4 : Number.NaN;
      const some = Array.from({ length: components }, () => Math.floor(next() * 1000));
      values[field] = components === 1 ? some[0] : some;
    }
    expect(layout.size).toBe(Math.ceil(definition.size / 16) * 16);
    const bytes = new ArrayBuffer(layout.size);
    layout.write(new DataView(bytes), values);
    const expected = makeStructuredView(definition, new ArrayBuffer(layout.size));
    expected.set(values);
    expect(new Uint8Array(bytes)).toEqual(new Uint8Array(expected.arrayBuffer));
  });
}

test("a missing value, an unknown member or struct, and a type without a layout throw errors", () => {
  const layout = new UniformLayout("struct Params { a: f32, b: vec3f }", "Params");
  const view = new DataView(new ArrayBuffer(layout.size));
  expect(() => layout.write(view, { a: 1 })).toThrow("uniform b has no value");
  expect(() => layout.offset("c")).toThrow("no uniform c");
  expect(() => new UniformLayout("struct Params { a: f32 }", "View")).toThrow("no struct View");
  expect(() => new UniformLayout("struct Params { a: mat3x3f }", "Params")).toThrow("no layout for mat3x3f");
});

test("integer constants are parsed from the shader that declares them", () => {
  expect(wgslConstant("const BRICK = 8i;\nconst OTHER = 4096u;", "OTHER")).toBe(4096);
  expect(() => wgslConstant("const BRICK = 8i;", "RICK")).toThrow("no constant RICK");
});
