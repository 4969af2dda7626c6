/** The grid of a volume's stored values, in the form that drawing passes read. */

import storedGridShader from "../../../shaders/lib/stored-grid.wgsl";
import storedWordShader from "../../../shaders/lib/stored-word.wgsl";
import type { Codes } from "../../values/codes.ts";
import { codeConstants } from "../../values/stored-values.ts";
import { type Binding, bindGroup, bindingLayout } from "../gpu/bind-group.ts";
import type { StoredGrid } from "../grid.ts";
import type { GridReader } from "../grid-reader.ts";
import type { Cut } from "./cut.ts";
import { FIELD_CODE, FIELD_GROUP, type Field } from "./field.ts";
import { count } from "./pool-layout.ts";
import type { Tables } from "./tables.ts";

const GRID_GROUP: readonly Binding[] = ["uniform", "read", "read", "read"];
const CODE = [...FIELD_CODE, storedWordShader, storedGridShader];

/** Codes of 1 and 2 bytes are looked up in a table whatever they mean, so one drawing pipeline serves all of them. */
const LOOKED_UP: Codes = { kind: "unsigned", bytes: 1, bigEndian: false, falling: false };

/** How passes read a grid with such codes. */
export function storedReader(codes: Codes = LOOKED_UP): GridReader {
  const constants = codeConstants(codes.bytes === 4 ? codes : LOOKED_UP);
  return { code: CODE, constants, groups: [FIELD_GROUP, GRID_GROUP] };
}

export function storedGrid(device: GPUDevice, field: Field, cut: Cut, { bricks, table }: Tables): StoredGrid {
  const layout = bindingLayout(device, GRID_GROUP);
  return {
    kind: "stored",
    dims: field.dims,
    cutDims: cut.dims,
    flip: cut.flip,
    rays: {
      reader: storedReader(field.codes),
      brickCount: count(field.bricks),
      bind: (frame, palette) => [field.bindings, bindGroup(device, layout, [frame, bricks, table, palette])],
    },
  };
}
