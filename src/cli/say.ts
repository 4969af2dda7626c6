/** Lines of the command line for people. */

/** One line on standard error. */
export function say(line: string): void {
  console.error(`voxel-volume: ${line}`);
}
