/** The attribute types name exactly what can be set on the element. */

import type { LitElement } from "lit";
import type { VoxelVolumeAttributes, VoxelVolumeElement } from "voxel-volume";

type Same<A, B> = (<X>() => X extends A ? 1 : 2) extends <X>() => X extends B ? 1 : 2 ? true : false;
type Settable<T> = {
  [K in keyof T]-?: T[K] extends (...args: never) => unknown
    ? never
    : Same<Pick<T, K>, Readonly<Pick<T, K>>> extends true
      ? never
      : K;
}[keyof T];
type Public<K> = K extends `_${string}` ? never : K;

export const all: Same<
  Public<Exclude<Settable<VoxelVolumeElement>, keyof LitElement>>,
  Exclude<keyof VoxelVolumeAttributes, `${string}-${string}`>
> = true;
export const kebab: Same<
  Extract<keyof VoxelVolumeAttributes, `${string}-${string}`>,
  | "auto-rotate"
  | "auto-rotate-delay"
  | "frame-rate"
  | "gesture-handling"
  | "gpu-memory"
  | `disable-${"rotate" | "zoom" | "pan" | "tap" | "keys" | "drop"}`
> = true;
