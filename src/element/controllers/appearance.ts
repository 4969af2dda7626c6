/** AppearanceController: from options and the table of labels to the settings with which the volume is drawn. */

import type { PropertyValues, ReactiveController, ReactiveControllerHost } from "lit";
import { fetched, type VoxelVolumeError } from "../../errors.ts";
import { contentReady, drawnSettings, plainSettings } from "../../options/appearance.ts";
import { isContentReady } from "../../options/content.ts";
import type { LabelInput } from "../../options/label-table.ts";
import type { Label } from "../../options/labels.ts";
import { OPTION_NAMES, type OptionName, settingsFrom } from "../../options/options.ts";
import type { DrawnSettings, Settings } from "../../options/settings.ts";
import type { ValueProfile } from "../../values/value-profile.ts";
import type { Volume } from "../../volume.ts";
import type { Work } from "../canvas/scheduler.ts";
import { dispatchError } from "../error-event.ts";
import type { LabelSource } from "../label-source.ts";
import type { Loaded } from "../load-state.ts";
import { DRAW_ONLY, textsOf } from "../option-properties.ts";

const TRANSPARENT: Settings["background"] = [0, 0, 0, 0];

export interface AppearanceHost
  extends ReactiveControllerHost,
    EventTarget,
    Readonly<Record<OptionName, unknown>> {
  readonly labels: LabelInput | undefined;
}

export interface AppearanceEvents {
  /** The volume to draw. */
  loaded(): Loaded | undefined;
  /** The settings have changed, which takes this work. */
  changed(work: Work): void;
  /** The options do not fit. */
  refused(error: VoxelVolumeError): void;
}

export class AppearanceController implements ReactiveController {
  #wanted: Settings | undefined;
  #settings: DrawnSettings | undefined;
  #optionError: VoxelVolumeError | undefined;
  #labelError: VoxelVolumeError | undefined;
  /** Undefined until a table has been set. */
  #labels: LabelSource | undefined;
  /** Settles when the code for the table of labels is there. */
  #settingLabels: Promise<void> = Promise.resolve();

  constructor(
    private readonly host: AppearanceHost,
    private readonly events: AppearanceEvents,
  ) {
    host.addController(this);
  }

  /** The settings of the volume to draw, by the options that fitted last; undefined before any did. */
  get settings(): DrawnSettings | undefined {
    return this.#settings;
  }

  /** What is wrong with the options. */
  get optionError(): VoxelVolumeError | undefined {
    return this.#optionError;
  }

  /** What is wrong with the table of labels. */
  get labelError(): VoxelVolumeError | undefined {
    return this.#labelError;
  }

  /** Resolves when no table of labels is being loaded. */
  get ready(): Promise<void> {
    return this.#settingLabels.then(() => this.#labels?.ready);
  }

  hostConnected(): void {
    this.#labels?.resume();
  }

  hostDisconnected(): void {
    this.#labels?.abort();
  }

  /** Takes over changed options; to be called in `willUpdate`. @returns their names. */
  update(changed: PropertyValues): readonly OptionName[] {
    if (changed.has("labels") && (this.#labels || this.host.labels)) {
      this.#settingLabels = this.#setLabels().catch((error) => dispatchError(this.host, error));
    }
    const options = OPTION_NAMES.filter((name) => changed.has(name));
    if (options.length > 0) this.apply(options.every((name) => DRAW_ONLY.includes(name)));
    return options;
  }

  /** Reads all options; one that does not fit is reported once, and the picture stays as it was. */
  apply(isDrawOnly: boolean): void {
    const before = this.#optionError;
    try {
      this.#wanted = settingsFrom(textsOf(this.host), TRANSPARENT, this.#labels?.table ?? null);
      this.resolve();
      this.#optionError = undefined;
      // While the options did not fit, changes of any kind were left out.
      this.events.changed(isDrawOnly && !before ? "draw" : "voxels");
    } catch (error) {
      // The same error stays the same object: a person may have closed its message.
      if (before?.message === (error as VoxelVolumeError).message) return;
      this.#optionError = error as VoxelVolumeError;
      dispatchError(this.host, this.#optionError);
      this.events.refused(this.#optionError);
    }
  }

  /** Decides anew what suits the volume; to be called where there is another one. */
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

  /** Has the camera fit what a kind that was set by hand fills, once that is found. */
  #prepareContent(volume: Volume, profile: ValueProfile): void {
    const kind = this.#wanted?.kind ?? "auto";
    if (kind === "auto" || isContentReady(profile, kind)) return;
    contentReady(volume, profile, kind).then(
      () => {
        if (this.events.loaded()?.profile !== profile) return;
        this.resolve();
        this.events.changed("draw");
      },
      // The picture fits what it fitted before.
      () => {},
    );
  }

  /** The labels of the volume; none where its values are no labels. */
  async shownLabels(): Promise<Label[]> {
    const [profile, settings] = [this.events.loaded()?.profile, this.#settings];
    if (!profile || settings?.kind !== "labels") return [];
    const { labelsOf } = await fetched(import("../../options/labels.ts"));
    return labelsOf(profile, settings);
  }

  /** Forgets what went wrong with the table of another volume. */
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
