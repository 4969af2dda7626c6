/** Units of length, by their names in files. */

const MM: Readonly<Record<string, number>> = {
  ...{ m: 1000, meter: 1000, metre: 1000, dm: 100, cm: 10, centimeter: 10, centimetre: 10 },
  ...{ mm: 1, millimeter: 1, millimetre: 1 },
  ...{ um: 1e-3, µm: 1e-3, μm: 1e-3, micron: 1e-3, micrometer: 1e-3, micrometre: 1e-3 },
  ...{ nm: 1e-6, nanometer: 1e-6, nanometre: 1e-6, å: 1e-7, angstrom: 1e-7, pm: 1e-9, picometer: 1e-9 },
  ...{ in: 25.4, inch: 25.4, ft: 304.8, foot: 304.8 },
};

/** A unit's length in mm, by its name in singular or plural and in any case; undefined for unknown names. */
export function mmOf(unit: string | undefined): number | undefined {
  const name = (unit ?? "").trim().toLowerCase();
  return MM[Object.hasOwn(MM, name) ? name : name.replace(/(?<=inch)es$|s$/, "")];
}
