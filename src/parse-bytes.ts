/** parseBytes: a size as people write it, in bytes. */

/** Bytes per unit, in lower case. */
const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  ...{ kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 },
  ...{ kib: 2 ** 10, mib: 2 ** 20, gib: 2 ** 30, tib: 2 ** 40 },
};

/** The bytes of a text such as "500MB", "1.5 GiB" or "1000000"; undefined if it is not a size above 0. */
export function parseBytes(text: string): number | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?) ?([kmgt]?i?b)?$/i.exec(text.trim()) ?? [];
  const bytes = Number(number) * UNITS[unit.toLowerCase()];
  return bytes > 0 ? bytes : undefined;
}
