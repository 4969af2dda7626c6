/** TraitSync: keeps the properties of an element and the traits of its model the same, in both directions. */

import type { ReactiveController } from "lit";
import type { VoxelVolumeElement } from "../element/index.ts";
import type { Model } from "./model.ts";
import { TRAITS, type TraitProperty } from "./traits.ts";

/** Milliseconds between two messages to Python while the element changes, as when it is turned. */
const SAVE_MS = 100;

export class TraitSync implements ReactiveController {
  /** Values that both sides have. */
  readonly #known = new Map<string, unknown>();
  readonly #defaults = document.createElement("voxel-volume");
  readonly #listeners = new Map<`change:${string}`, () => void>();
  #saving: ReturnType<typeof setTimeout> | undefined;

  /** Takes over the model's values; `changed` is called after each change of either side. */
  constructor(
    private readonly viewer: VoxelVolumeElement,
    private readonly model: Model,
    private readonly changed: () => void,
  ) {
    for (const [trait, property] of TRAITS) {
      const take = () => this.#take(trait, property);
      take();
      this.#listeners.set(`change:${trait}`, take);
      model.on(`change:${trait}`, take);
    }
    viewer.addController(this);
  }

  /** Gives the model what gestures, keys and the panel have changed. */
  hostUpdated(): void {
    for (const [trait, property] of TRAITS) {
      const value = this.viewer[property];
      if (Object.is(value, this.#known.get(trait))) continue;
      this.#known.set(trait, value);
      this.model.set(trait, value ?? null);
      this.#saving ??= setTimeout(() => this.#save(), SAVE_MS);
      this.changed();
    }
  }

  /** Stops, after sending what is still to be sent. */
  stop(): void {
    this.viewer.removeController(this);
    for (const [event, listener] of this.#listeners) this.model.off(event, listener);
    if (this.#saving !== undefined) this.#save();
  }

  #save(): void {
    clearTimeout(this.#saving);
    this.#saving = undefined;
    this.model.save_changes();
  }

  /** Sets a property to a trait's value, or to its default where the trait is null. */
  #take(trait: string, property: TraitProperty): void {
    const value = this.model.get(trait);
    if (value === undefined) return;
    const taken = value ?? this.#defaults[property];
    if (Object.is(taken, this.#known.get(trait))) return;
    this.#known.set(trait, taken);
    Object.assign(this.viewer, { [property]: taken });
    this.changed();
  }
}
