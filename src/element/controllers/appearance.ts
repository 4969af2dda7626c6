/** AppearanceController: makes the settings of the drawn volume from the options and the label table. */

import type { PropertyValues, ReactiveController, ReactiveControllerHost } from "lit";
import { fetched, type VoxelVolumeError } from "../../errors.ts";
import { contentReady, drawnSettings, plainSettings } from "../../options/appearance.ts";
import { isContentReady } from "../../options/content.ts";
import type { LabelInput } from "../../options/label-table.ts";
import type { Label } from "../../options/labels.ts";
import { OPTION_NAMES, type OptionName, settingsFrom } from "../../options/options.ts";
import { type DrawnSettings, type Settings, TRANSPARENT } from "../../options/settings.ts";
import type { ValueProfile } from "../../values/value-profile.ts";
import type { Volume } from "../../volume.ts";
import type { Work } from "../canvas/scheduler.ts";
import { dispatchError } from "../error-event.ts";
import type { LabelSource } from "../label-source.ts";
import type { Loaded } from "../load-state.ts";
import { DRAW_ONLY, textsOf } from "../option-properties.ts";

export interface AppearanceHost
  extends ReactiveControllerHost,
    EventTarget,
    Readonly<Record<OptionName, unknown>> {
  readonly labels: LabelInput | undefined;
}

export interface AppearanceEvents {
  /** The volume to draw. */
  loaded(): Loaded | undefined;
  /** The settings have changed and require this work. */
  changed(work: Work): void;
  /** An option is invalid. */
  refused(error: VoxelVolumeError): void;
}

export class AppearanceController implements ReactiveController {
  #wanted: Settings | undefined;
  #settings: DrawnSettings | undefined;
  #optionError: VoxelVolumeError | undefined;
  #labelError: VoxelVolumeError | undefined;
  /** Undefined until a table has been set. */
  #labels: LabelSource | undefined;
  /** Settles when the code for label tables is loaded. */
  #settingLabels: Promise<void> = Promise.resolve();

  constructor(
    private readonly host: AppearanceHost,
    private readonly events: AppearanceEvents,
  ) {
    host.addController(this);
  }

  /** Settings of the drawn volume, from the last valid options; undefined before the first. */
  get settings(): DrawnSettings | undefined {
    return this.#settings;
  }

  /** The error of an invalid option. */
  get optionError(): VoxelVolumeError | undefined {
    return this.#optionError;
  }

  /** The error of the label table. */
  get labelError(): VoxelVolumeError | undefined {
    return this.#labelError;
  }

  /** Resolves when no label table is being loaded. */
  get ready(): Promise<void> {
    return this.#settingLabels.then(() => this.#labels?.ready);
  }

  hostConnected(): void {
    this.#labels?.resume();
  }

  hostDisconnected(): void {
    this.#labels?.abort();
  }

  /** Applies changed options; call in `willUpdate`. @returns their names. */
  update(changed: PropertyValues): readonly OptionName[] {
    if (changed.has("labels") && (this.#labels || this.host.labels)) {
      this.#settingLabels = this.#setLabels().catch((error) => dispatchError(this.host, error));
    }
    const options = OPTION_NAMES.filter((name) => changed.has(name));
    if (options.length > 0) this.apply(options.every((name) => DRAW_ONLY.includes(name)));
    return options;
  }

  /** Reads all options. An invalid one is reported once and leaves the picture unchanged. */
  apply(isDrawOnly: boolean): void {
    const before = this.#optionError;
    try {
      this.#wanted = settingsFrom(textsOf(this.host), TRANSPARENT, this.#labels?.table ?? null);
      this.resolve();
      this.#optionError = undefined;
      // Changes made while the options were invalid were skipped, so rebuild the voxels.
      this.events.changed(isDrawOnly && !before ? "draw" : "voxels");
    } catch (error) {
      // The same error stays the same object, because the user may have dismissed its message.
      if (before?.message === (error as VoxelVolumeError).message) return;
      this.#optionError = error as VoxelVolumeError;
      dispatchError(this.host, this.#optionError);
      this.events.refused(this.#optionError);
    }
  }

  /** Resolves the options anew; call when the volume changes. */
  resolve(): void {
    const loaded = this.events.loaded();
    if (!this.#wanted) return;
    const { volume, profile } = loaded ?? {};
    if (volume?.kind === "volume" && profile) this.#prepareContent(volume, profile);
    this.#settings =
      volume?.kind === "volume" && profile
        ? drawnSettings(this.#wanted, volume, profile)
        : plainSettings(this.#wanted, volume);
  }

  /** When a kind was set explicitly: fits the camera to the voxels that it fills, once these are known. */
  #prepareContent(volume: Volume, profile: ValueProfile): void {
    const kind = this.#wanted?.kind ?? "auto";
    if (kind === "auto" || isContentReady(profile, kind)) return;
    contentReady(volume, profile, kind).then(
      () => {
        if (this.events.loaded()?.profile !== profile) return;
        this.resolve();
        this.events.changed("draw");
      },
      // On failure, the picture keeps its fit.
      () => {},
    );
  }

  /** The labels of the volume; empty if its values are not labels. */
  async shownLabels(): Promise<Label[]> {
    const [profile, settings] = [this.events.loaded()?.profile, this.#settings];
    if (!profile || settings?.kind !== "labels") return [];
    const { labelsOf } = await fetched(import("../../options/labels.ts"));
    return labelsOf(profile, settings);
  }

  /** Clears the error of a label table that belonged to another volume. */
  clearLabelError(): void {
    this.#labelError = undefined;
  }

  async #setLabels(): Promise<void> {
    const { LabelSource } = await fetched(import("../label-source.ts"));
    this.#labels ??= new LabelSource((error) => {
      this.#labelError = error as VoxelVolumeError | undefined;
      if (this.#labelError) dispatchError(this.host, this.#labelError);
      this.apply(false);
      this.host.requestUpdate();
    });
    this.#labels.set(this.host.labels);
  }
}
