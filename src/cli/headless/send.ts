/** Messages of the headless page to the command line. */

import { VoxelVolumeError } from "../../errors.ts";
import { TELL_TASK, type TellTask } from "../job.ts";

/** Posts a result to the command line's server. */
export async function send(url: string, parts: BlobPart[]): Promise<void> {
  tellTask("writing");
  const response = await fetch(url, { method: "POST", body: new Blob(parts) });
  if (!response.ok)
    throw new VoxelVolumeError("network", `the result could not be handed over: ${response.status}`);
}

/** Tells the command line which part of the work starts. */
export function tellTask(task: string): void {
  (globalThis as unknown as Partial<Record<typeof TELL_TASK, TellTask>>)[TELL_TASK]?.(task);
}
