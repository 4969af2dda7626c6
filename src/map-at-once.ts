/** mapAtOnce: asynchronous work on many items, a few at a time. */

/** The most items that are worked on at a time: browsers send as many requests to one server. */
const AT_ONCE = 6;

/** The results of `each` for the items, in their order; after a failure, no further item is begun. */
export async function mapAtOnce<T, R>(
  items: readonly T[],
  each: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const made: R[] = [];
  // Each worker takes the next item when it is done with one; a failure closes the generator for all.
  const queue = (function* () {
    yield* items.entries();
  })();
  const work = async () => {
    for (const [i, item] of queue) made[i] = await each(item, i);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return made;
}
