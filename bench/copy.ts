/** The device's copy bandwidth, for comparison with the stages. */

const BYTES = 256 * 2 ** 20;
/** Long enough to be measured. Waiting for the GPU takes time, too, so the times of two runs are subtracted. */
const ENOUGH_MS = 20;
const MOST_COPIES = 4096;

/** Bytes per second, read and written, of copies from one buffer to another: the best of three. */
export async function copyBandwidth(device: GPUDevice): Promise<number> {
  const size = Math.min(BYTES, device.limits.maxBufferSize);
  const usage = GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;
  const [from, to] = [0, 1].map(() => device.createBuffer({ label: "copy", size, usage }));
  const time = async (copies: number) => {
    const encoder = device.createCommandEncoder({ label: "copy" });
    for (let i = 0; i < copies; i++) encoder.copyBufferToBuffer(from, 0, to, 0, size);
    const commands = encoder.finish();
    const started = performance.now();
    device.queue.submit([commands]);
    await device.queue.onSubmittedWorkDone();
    return performance.now() - started;
  };
  try {
    await time(1);
    let copies = 1;
    while ((await time(2 * copies)) - (await time(copies)) < ENOUGH_MS && copies < MOST_COPIES) copies *= 2;
    let best = 0;
    for (let i = 0; i < 3; i++) {
      const ms = (await time(2 * copies)) - (await time(copies));
      if (ms > 0) best = Math.max(best, (2 * size * copies) / (ms / 1000));
    }
    return best;
  } finally {
    from.destroy();
    to.destroy();
  }
}
