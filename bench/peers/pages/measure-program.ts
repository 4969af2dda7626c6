/** The clock, the camera and the orbit that all pages have in common. */

/** Job: the scene that a page shows, and how long it may take over it. */
export interface Job {
  readonly scene: "volume" | "cubes";
  /** URL of a .nii file or of the colours of cubes: see scenes.ts. */
  readonly data: string;
  readonly dims: readonly [number, number, number];
  /** 256 colours, levels from 0 to 255. */
  readonly colors: readonly (readonly number[])[];
  readonly blend?: "exact" | "weighted";
  /** Pixels a side. */
  readonly size: number;
  /** Frames of the orbit, at most. */
  readonly frames: number;
  readonly budgetMs: number;
}

export interface ProgramTimes {
  /** From before the viewer is made, its data in memory, until its picture is finished on the GPU. */
  readonly firstPictureMs: number;
  /** Times of the frames of an orbit, each until it is finished on the GPU; none where the page does not turn. */
  readonly frameMs: readonly number[];
}

/** A viewer on the page that shows its first picture. */
export interface Viewer {
  /** Draws from another side; resolves when the GPU has finished. */
  turn?(azimuth: number): void | Promise<void>;
}

/** Camera of all programs: that of voxel-volume, in degrees and in longest sides of the box. */
export const CAMERA = { azimuth: 320, elevation: 30, distance: 10, halfWindow: 0.925 };
export const FIELD_OF_VIEW = (360 / Math.PI) * Math.atan(CAMERA.halfWindow / CAMERA.distance);

/** Unit vector from the centre of the box to the eye, z upwards. */
export function towardsEye(azimuth: number): [number, number, number] {
  const [a, e] = [azimuth, CAMERA.elevation].map((degrees) => (degrees * Math.PI) / 180);
  return [Math.cos(e) * Math.cos(a), Math.cos(e) * Math.sin(a), Math.sin(e)];
}

/** A <div> that fills the page, for a program to put its canvas into. */
export function makeHost(size: number): HTMLDivElement {
  const host = document.createElement("div");
  host.style.cssText = `width: ${size}px; height: ${size}px`;
  document.body.append(host);
  return host;
}

/** Reading a pixel of the canvas waits until everything has been drawn that was asked for. */
export function finishWebGl(gl: WebGL2RenderingContext): void {
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  if (gl.isContextLost()) throw new Error("the WebGL context was lost");
}

/** Lets the browser show the last frame, so that this does not count towards the next one. */
async function shown(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise(requestAnimationFrame);
}

/** Makes `open` available to the benchmark; it has to resolve when the picture is finished on the GPU. */
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
      // A frame that is not counted: it may still allocate, and tells how many there is time for.
      const first = await time(CAMERA.azimuth - 1);
      const count = Math.min(job.frames, Math.max(1, Math.floor(job.budgetMs / first)));
      // The orbit ends where the first picture was taken.
      for (let i = 1; i <= count; i++) frameMs.push(await time(CAMERA.azimuth + (360 * i) / count));
    }
    await shown();
    return { firstPictureMs, frameMs };
  };
  Object.assign(globalThis, { runProgram: run });
}
