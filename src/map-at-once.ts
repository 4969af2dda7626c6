/** mapAtOnce: asynchronous work on many items, with limited concurrency. */

/** Maximum number of concurrent items: browsers open as many connections to one server. */
const AT_ONCE = 6;

/**
 * The results of `each` for the items, in their order, at most `atOnce` at a time. After a failure, no further item is
 * started.
 */
export async function mapAtOnce<T, R>(
  items: readonly T[],
  each: (item: T, index: number) => Promise<R>,
  atOnce = AT_ONCE,
): Promise<R[]> {
  const made: R[] = [];
  // Each worker takes the next item when it has finished one. A failure closes the generator for all workers.
  const queue = (function* () {
    yield* items.entries();
  })();
  const work = async () => {
    for (const [i, item] of queue) made[i] = await each(item, i);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return made;
}
