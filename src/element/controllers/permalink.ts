/** PermalinkController: an element takes its state from the hash of the page's URL, and makes links that have it. */

import type { ReactiveController, ReactiveControllerHost } from "lit";
import { type StateHash, stateIn, withState } from "../../state/hash.ts";
import { STATE_VERSION, type ViewerState } from "../../state/state.ts";

/** The key in the hash for the bare attribute. */
const KEY = "voxel-volume";

export interface PermalinkHost extends ReactiveControllerHost, HTMLElement {
  readonly permalink: string | null | undefined;
  state: ViewerState | undefined;
}

class PermalinkController implements ReactiveController {
  /** The state that was last taken, so that an element that is moved in the page keeps what its user has changed. */
  #taken = "";
  readonly #take = (): void => {
    this.#taken = "";
    this.take();
  };

  constructor(private readonly host: PermalinkHost) {}

  hostConnected(): void {
    addEventListener("hashchange", this.#take);
    this.take();
  }

  hostDisconnected(): void {
    removeEventListener("hashchange", this.#take);
  }

  take(): void {
    const { permalink } = this.host;
    if (permalink === undefined || permalink === null) return;
    const state = stateIn(location.hash, permalink || KEY, document.baseURI);
    const text = JSON.stringify([permalink, state]);
    if (!state || text === this.#taken) return;
    this.#taken = text;
    this.host.state = state;
  }
}

const controllers = new WeakMap<PermalinkHost, PermalinkController>();

/** Sets an element to the state in the page's hash, now and whenever the hash changes. */
export function followHash(host: PermalinkHost): void {
  const controller = controllers.get(host);
  if (controller) controller.take();
  else {
    const added = new PermalinkController(host);
    controllers.set(host, added);
    host.addController(added);
  }
}

/** The URL of the page with the state of an element. */
export function linkTo({
  permalink,
  state,
}: Pick<PermalinkHost, "permalink" | "state">): StateHash & { readonly url: string } {
  const made = withState(
    location.hash,
    permalink || KEY,
    state ?? { version: STATE_VERSION },
    document.baseURI,
  );
  return { ...made, url: location.href.replace(/#.*$/s, "") + made.hash };
}
