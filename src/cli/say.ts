/** Messages of the command line for people. */

/** Prints one line on standard error. */
export function say(line: string): void {
  console.error(`voxel-volume: ${line}`);
}
