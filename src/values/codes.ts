/** Codes: the bits of scalars, and how they are to be understood. */

/** How a code is to be understood: the overrides of shaders/lib/stored.wgsl. */
export interface Codes {
  readonly kind: "unsigned" | "signed" | "float";
  readonly bytes: 1 | 2 | 4;
  readonly bigEndian: boolean;
  /** Larger scalars are smaller values. */
  readonly falling: boolean;
}
