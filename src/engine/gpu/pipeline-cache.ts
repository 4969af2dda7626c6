/** Compiled pipelines are shared by all renderers of a device. They compile in parallel. */

const caches = new WeakMap<GPUDevice, Map<string, Promise<unknown>>>();

/**
 * The result of the first `compile` for this device and key. The key must identify everything that the result depends
 * on. Failures are not cached.
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
