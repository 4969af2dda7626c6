/** Codes: the bits of scalars, and how to interpret them. */

/** How to interpret a code: the overrides of shaders/lib/stored.wgsl. */
export interface Codes {
  readonly kind: "unsigned" | "signed" | "float";
  readonly bytes: 1 | 2 | 4;
  readonly bigEndian: boolean;
  /** Whether larger scalars are smaller values. */
  readonly falling: boolean;
}
