/** Pipelines are compiled once a device, however many renderers there are, and in parallel. */

const caches = new WeakMap<GPUDevice, Map<string, Promise<unknown>>>();

/**
 * What `compile` made the first time for this device and key; the key has to tell apart all that it depends on. What
 * failed is not kept.
 */
export function cachedPipeline<T>(
  device: GPUDevice,
  key: readonly unknown[],
  compile: () => Promise<T>,
): Promise<T> {
  const cache = caches.get(device) ?? new Map<string, Promise<unknown>>();
  caches.set(device, cache);
  const name = JSON.stringify(key);
  let pipeline = cache.get(name) as Promise<T> | undefined;
  if (!pipeline) {
    pipeline = compile();
    cache.set(name, pipeline);
    pipeline.catch(() => cache.delete(name));
  }
  return pipeline;
}
