/** What the headless page sends to the command line: its results, and what it is doing. */

import { VoxelVolumeError } from "../errors.ts";
import { TELL_TASK, type TellTask } from "./job.ts";

/** Posts a result to the command line's server. @throws VoxelVolumeError "network". */
export async function send(url: string, parts: BlobPart[]): Promise<void> {
  const response = await fetch(url, { method: "POST", body: new Blob(parts) });
  if (!response.ok)
    throw new VoxelVolumeError("network", `the result could not be handed over: ${response.status}`);
}

/** Tells the command line what the page starts to do. */
export function tellTask(task: string): void {
  (globalThis as unknown as Partial<Record<typeof TELL_TASK, TellTask>>)[TELL_TASK]?.(task);
}
