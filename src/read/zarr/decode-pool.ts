/**
 * decodeInPool: decodes chunks in workers. Where none can be started (a page from another origin, a strict content
 * security policy, Node.js, a build of one file), in the calling thread.
 */
import type { Answer, Task } from "./decode-worker.ts";
import { type Blocking, decode, NoDecoder } from "./decoders.ts";
import startWorker from "./start-worker.ts";

interface Job {
  readonly codec: Blocking;
  readonly bytes: Uint8Array;
  resolve(bytes: Uint8Array | Promise<Uint8Array>): void;
  reject(error: Error): void;
}

/** Milliseconds without work after which the workers end. */
const IDLE = 30_000;

let canStart = typeof Worker === "function" && startWorker !== undefined;
const queue: Job[] = [];
/** Workers without work. */
const idle: Worker[] = [];
let started = 0;
let ending: ReturnType<typeof setTimeout> | undefined;

/** The decoded bytes; rejects with an Error for data that are damaged, and with NoDecoder. */
export function decodeInPool(codec: Blocking, bytes: Uint8Array): Promise<Uint8Array> {
  if (!canStart) return decode(codec, bytes);
  return new Promise((resolve, reject) => {
    queue.push({ codec, bytes, resolve, reject });
    next();
  });
}

/** Gives waiting jobs to workers. */
function next(): void {
  clearTimeout(ending);
  while (queue.length > 0 && canStart) {
    const worker = idle.pop() ?? (started < mostWorkers() ? start() : undefined);
    if (!worker) return;
    work(worker, queue.shift() as Job);
  }
  if (!canStart) for (const { codec, bytes, resolve } of queue.splice(0)) resolve(decode(codec, bytes));
  if (idle.length === started) ending = setTimeout(endAll, IDLE);
}

const mostWorkers = () => Math.max(1, Math.min(4, (globalThis.navigator?.hardwareConcurrency ?? 2) - 1));

function start(): Worker | undefined {
  try {
    const worker = (startWorker as () => Worker)();
    started++;
    return worker;
  } catch {
    canStart = false;
    return undefined;
  }
}

function work(worker: Worker, job: Job): void {
  const done = () => {
    worker.onmessage = null;
    worker.onerror = null;
  };
  worker.onmessage = ({ data }: MessageEvent<Answer>) => {
    done();
    idle.push(worker);
    if ("bytes" in data) job.resolve(data.bytes);
    else job.reject(data.hasDecoder ? new Error(data.error) : new NoDecoder(data.error));
    next();
  };
  worker.onerror = (event) => {
    done();
    // Not the page's error: the job is done here instead. A worker fails when its script may not be loaded.
    event.preventDefault();
    worker.terminate();
    started--;
    canStart = false;
    job.resolve(decode(job.codec, job.bytes));
    next();
  };
  // A copy, because the bytes may be part of a file in memory; they are small compared with what comes back.
  const bytes = job.bytes.slice();
  worker.postMessage({ codec: job.codec, bytes } satisfies Task, [bytes.buffer]);
}

function endAll(): void {
  for (const worker of idle.splice(0)) worker.terminate();
  started = 0;
}
