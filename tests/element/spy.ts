/** Records events, devices, buffers and frames in the page of the element's tests. */

/** What is recorded, for the tests to read. */
export interface Log {
  /** `at`: milliseconds since the page was loaded. */
  events: { type: string; at: number; detail?: unknown; code?: string; message?: string }[];
  devices: GPUDevice[];
  /** Labels of the created buffers. */
  buffers: (string | undefined)[];
  submits: number;
  /** Calls of requestAnimationFrame. */
  frames: number;
  /** Pending buffers, pipelines and frames, and the time of the last activity. */
  waiting: number;
  last: number;
}

declare global {
  interface Window {
    log: Log;
  }
}

/** Runs in the page before anything else: records GPU calls. */
export function spy(): void {
  const log: Log = { events: [], devices: [], buffers: [], submits: 0, frames: 0, waiting: 0, last: 0 };
  window.log = log;
  const touch = () => {
    log.last = performance.now();
  };
  /** Calls `before` with the arguments and `after` with the result of each call of a method. */
  const tap = <T extends object, K extends keyof T>(
    owner: T,
    name: K,
    before: (...args: never[]) => void,
    after: (result: never) => void = () => {},
  ) => {
    const original = owner[name] as (...args: unknown[]) => unknown;
    const tapped = function (this: unknown, ...args: unknown[]) {
      touch();
      before(...(args as never[]));
      const result = original.apply(this, args);
      after(result as never);
      return result;
    };
    owner[name] = tapped as T[K];
  };
  const calm = () => {
    log.waiting--;
    touch();
  };
  const { requestAnimationFrame, cancelAnimationFrame } = window;
  const asked = new Set<number>();
  window.requestAnimationFrame = (callback) => {
    log.frames++;
    log.waiting++;
    const frame = requestAnimationFrame((time) => {
      asked.delete(frame);
      callback(time);
      calm();
    });
    asked.add(frame);
    return frame;
  };
  window.cancelAnimationFrame = (frame) => {
    cancelAnimationFrame(frame);
    if (asked.delete(frame)) calm();
  };
  if (!globalThis.GPUDevice) return;
  tap(GPUQueue.prototype, "submit", () => log.submits++);
  tap(GPUDevice.prototype, "createBuffer", ({ label }: GPUBufferDescriptor) => log.buffers.push(label));
  tap(
    GPUBuffer.prototype,
    "mapAsync",
    () => log.waiting++,
    (done: Promise<void>) => done.then(calm, calm),
  );
  tap(
    GPUQueue.prototype,
    "onSubmittedWorkDone",
    () => log.waiting++,
    (done: Promise<undefined>) => done.then(calm, calm),
  );
  for (const name of ["createComputePipelineAsync", "createRenderPipelineAsync", "popErrorScope"] as const) {
    tap(
      GPUDevice.prototype,
      name,
      () => log.waiting++,
      (done: Promise<unknown>) => done.then(calm, calm),
    );
  }
  tap(
    GPUAdapter.prototype,
    "requestDevice",
    () => {},
    (request: Promise<GPUDevice>) => request.then((device) => log.devices.push(device)),
  );
}
