/** Timer, camera and orbit for all pages. */

/** Job: the scene that a page shows, and its time limit. */
export interface Job {
  readonly scene: "volume" | "cubes";
  /** URL of a .nii file or of the colours of cubes: see scenes.ts. */
  readonly data: string;
  readonly dims: readonly [number, number, number];
  /** 256 colours, with levels from 0 to 255. */
  readonly colors: readonly (readonly number[])[];
  readonly blend?: "exact" | "weighted";
  /** Pixels per side. */
  readonly size: number;
  /** Maximum number of frames of the orbit. */
  readonly frames: number;
  readonly budgetMs: number;
}

export interface ProgramTimes {
  /** Time from the creation of the viewer, with its data in memory, until the GPU has finished its picture. */
  readonly firstPictureMs: number;
  /** Time of each frame of an orbit until the GPU has finished it; none if the page cannot rotate. */
  readonly frameMs: readonly number[];
}

/** A viewer that shows its first picture. */
export interface Viewer {
  /** Draws from another azimuth; resolves when the GPU has finished. */
  turn?(azimuth: number): void | Promise<void>;
}

/** Camera of all programs, the same as voxel-volume's, in degrees and in longest sides of the box. */
export const CAMERA = { azimuth: 320, elevation: 30, distance: 10, halfWindow: 0.925 };
export const FIELD_OF_VIEW = (360 / Math.PI) * Math.atan(CAMERA.halfWindow / CAMERA.distance);

/** Unit vector from the centre of the box to the eye, with z up. */
export function towardsEye(azimuth: number): [number, number, number] {
  const [a, e] = [azimuth, CAMERA.elevation].map((degrees) => (degrees * Math.PI) / 180);
  return [Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)];
}

/** Creates a <div> that fills the page, for a program's canvas. */
export function makeHost(size: number): HTMLDivElement {
  const host = document.createElement("div");
  host.style.cssText = `width: ${size}px; height: ${size}px`;
  document.body.append(host);
  return host;
}

/** Reading a pixel of the canvas waits for all drawing that was requested before. */
export function finishWebGl(gl: WebGL2RenderingContext): void {
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  if (gl.isContextLost()) throw new Error("the WebGL context was lost");
}

/** Lets the browser present the last frame, so that the next frame's time does not include it. */
async function shown(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
}

/** Makes `open` available to the benchmark. It must resolve when the GPU has finished the picture. */
export function measureProgram(open: (bytes: Uint8Array<ArrayBuffer>, job: Job) => Promise<Viewer>): void {
  const run = async (job: Job): Promise<ProgramTimes> => {
    const bytes = new Uint8Array(await (await fetch(job.data)).arrayBuffer());
    await shown();
    const started = performance.now();
    const viewer = await open(bytes, job);
    const firstPictureMs = performance.now() - started;
    const frameMs: number[] = [];
    const { turn } = viewer;
    if (turn) {
      const time = async (azimuth: number) => {
        await shown();
        const started = performance.now();
        await turn(azimuth);
        return performance.now() - started;
      };
      // Not counted, as it may still allocate memory. Its time decides how many frames to measure.
      const first = await time(CAMERA.azimuth - 1);
      const count = Math.min(job.frames, Math.max(1, Math.floor(job.budgetMs / first)));
      // The orbit ends at the azimuth of the first picture.
      for (let i = 1; i <= count; i++) frameMs.push(await time(CAMERA.azimuth + (360 * i) / count));
    }
    await shown();
    return { firstPictureMs, frameMs };
  };
  Object.assign(globalThis, { runProgram: run });
}
