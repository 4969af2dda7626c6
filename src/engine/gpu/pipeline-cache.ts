/** What a device's users share: pipelines are compiled once, however many renderers there are. */

const made = new WeakMap<GPUDevice, Map<string, unknown>>();

/** What `make` made the first time for this device and key; the key has to tell apart all that it depends on. */
export function once<T>(device: GPUDevice, key: readonly unknown[], make: () => T): T {
  let things = made.get(device);
  if (!things) {
    things = new Map();
    made.set(device, things);
  }
  const name = JSON.stringify(key);
  if (!things.has(name)) things.set(name, make());
  return things.get(name) as T;
}
