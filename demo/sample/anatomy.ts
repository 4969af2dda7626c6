/**
 * Anatomy: where the parts of the head are, as signed distances in mm (negative inside).
 *
 * Coordinates are in mm from the anterior commissure: x to the side, y forwards, z up. Most parts are
 * symmetrical and take |x|. The proportions are those of an adult; every shape is a formula.
 */
import { smoothNoise } from "./noise.ts";
import { clamp, ellipsoid, join, lerp, meet, type Point, smoothstep, tube } from "./shapes.ts";

/** A distance beyond any that matters, in mm. */
export const FAR = 100;

/** Distance in mm to the side of the plane between the hemispheres, which is bent as in most heads. */
export function sideways(x: number, y: number, z: number): number {
  return Math.abs(x - 0.0002 * y * Math.abs(y) - 1.2 * smoothNoise(0, y / 38, z / 38, 31));
}

/**
 * Skin, with hollow temples. The lower half is stretched downwards, where face and neck continue outside the field of
 * view.
 */
export function head(x: number, y: number, z: number): number {
  const ax = Math.abs(x);
  const skin = ellipsoid(x, y + 18, z - 7, 88, 104, z > 7 ? 97 : 150);
  if (skin > 20 || skin < -20) return skin;
  const temple = ellipsoid(ax - 95, y - 48, z + 8, 26, 34, 34);
  const lid = ellipsoid(ax - 33, y - 62, z + 38, 17, 14, 14);
  const nose = tube(ax, y, z, [0, 72, -24], [0, 88, -60], 5, 12);
  const face = join(join(meet(skin, -temple, 16), lid, 8), nose, 8);
  return face + 1.2 * smoothNoise(x / 24, y / 24, z / 24, 32);
}

/** Inner surface of the skull: the dome, the middle fossae under the temporal lobes, the posterior fossa. */
export function cranium(ax: number, y: number, z: number): number {
  const floor = -22 - 8 * smoothstep(26, 8, ax) - z;
  const dome = meet(ellipsoid(ax, y + 17, z - 7, 74, 91, 80.5), floor, 6);
  const middle = ellipsoid(ax - 43, y + 10, z + 23 + 0.3 * (y + 10), 27, 39, 24.5);
  const posterior = ellipsoid(ax, y + 58, z + 30, 61, 37, 34);
  const stem = tube(ax, y, z, [0, -24, -22], [0, -36, -60], 19, 15);
  return join(join(join(dome, middle, 5), posterior, 5), stem, 8);
}

/** Tent between cerebrum and cerebellum: height in mm of its ridge and slopes. */
function tentorium(ax: number, y: number): number {
  return 1 - 0.48 * ax + 0.35 * Math.min(0, y + 52);
}

export function temporalLobe(ax: number, y: number, z: number): number {
  return ellipsoid(ax - 43, y + 10, z + 23 + 0.3 * (y + 10), 24.5, 36, 21.5);
}

/** Hull of one hemisphere, whose flat inner wall stands `wall` mm from the falx; the folds go inwards from it. */
export function hemisphere(ax: number, y: number, z: number, wall = 0.6): number {
  const floor = lerp(tentorium(ax, y) + 1, -19.5 - 8 * smoothstep(26, 8, ax), smoothstep(-45, -5, y));
  const upper = meet(ellipsoid(ax, y + 17, z - 7, 71.5, 88.5, 78), floor - z, 6);
  return meet(join(upper, temporalLobe(ax, y, z), 4), wall - ax, 4);
}

/** The middle of the hemispheres, which has no cortex: nuclei, ventricles, callosum. */
export function core(ax: number, y: number, z: number): number {
  return ellipsoid(ax, y + 4, z - 8, 33, 38, 19);
}

/** Distance in mm to the sulci that every brain has; the other sulci form around them. */
export function primarySulci(ax: number, y: number, z: number): number {
  if (ax < 12) {
    const cingulate = y > -45 ? Math.abs(callosum(0, y, z) - 11) : FAR;
    const calcarine = y < -52 ? Math.abs(z - 4 + 0.1 * (y + 60)) : FAR;
    const parietoOccipital = z > 5 ? Math.abs(y + 58 + 0.45 * (z - 5)) : FAR;
    return Math.min(cingulate, calcarine, parietoOccipital);
  }
  const central = z > 10 ? Math.abs(y + 32 - 0.5 * (80 - z)) : FAR;
  const superiorFrontal = y > 6 && z > 20 ? Math.abs(ax - 24) : FAR;
  const superiorTemporal = ax > 40 && y > -60 ? Math.abs(z + 16 + 0.3 * (y + 10)) : FAR;
  const intraparietal = y < -42 && z > 30 ? Math.abs(ax - 34) : FAR;
  return Math.min(central, superiorFrontal, superiorTemporal, intraparietal);
}

/** Sylvian fissure: the cleft above the temporal lobe, and the insula at its end. */
export function sylvianFissure(ax: number, y: number, z: number): number {
  const cleft = Math.max(Math.abs(temporalLobe(ax, y, z)) - 0.7, 39 - ax, -42 - y, y - 24, -26 - z);
  const rise = z - 1 + 0.15 * y;
  const island = Math.max(Math.abs(ax - 39 + 0.004 * y * y) - 0.7, ellipsoid(0, y, rise, 1, 24, 15));
  return Math.min(cleft, island);
}

function chain(
  x: number,
  y: number,
  z: number,
  points: readonly Point[],
  radii: readonly number[],
  k: number,
) {
  let d = Number.POSITIVE_INFINITY;
  for (let i = 1; i < points.length; i++) {
    d = join(d, tube(x, y, z, points[i - 1], points[i], radii[i - 1], radii[i]), k);
  }
  return d;
}

const CALLOSUM: readonly Point[] = [
  [0, 17, -7],
  [0, 29, -3],
  [0, 32, 7],
  [0, 22, 18],
  [0, 4, 25],
  [0, -20, 27],
  [0, -36, 20],
  [0, -40, 13],
];

const TEMPORAL_HORN: readonly Point[] = [
  [27, -40, 4],
  [33, -28, -9],
  [33, -10, -19],
];

/** Corpus callosum: an arch in the midplane that thins out sideways. */
export function callosum(ax: number, y: number, z: number): number {
  return chain(0, y, z, CALLOSUM, [1.5, 3.5, 4.5, 3.5, 3, 3, 4.5, 5], 0.1) + 0.012 * ax * ax;
}

/** Lateral ventricle: frontal horn and body, a flat arch that slants up sideways; atrium; the two lower horns. */
export function lateralVentricle(ax: number, y: number, z: number): number {
  const dx = ax - 9.5 - 0.0065 * (y - 2) * (y - 2);
  const dz = z - 22 + 0.0105 * (y + 18) * (y + 18);
  const body = ellipsoid(0.86 * dx + 0.5 * dz, y + 7, 0.86 * dz - 0.5 * dx, 9.5, 41, 6.2);
  const atrium = ellipsoid(ax - 25, y + 41, z - 10, 4.5, 7, 9);
  const temporal = chain(ax, y, z, TEMPORAL_HORN, [3, 2.2, 2], 2);
  const occipital = tube(ax, y, z, [25, -44, 9], [22, -66, 4], 3.5, 1);
  return Math.max(join(join(join(body, atrium, 5), temporal, 3), occipital, 3), 1 - ax);
}

export function thirdVentricle(ax: number, y: number, z: number): number {
  return Math.max(ellipsoid(ax, y + 10, z + 2, 1.8, 16, 10), -ellipsoid(ax, y + 15, z - 4, 5, 5, 4));
}

export function fourthVentricle(ax: number, y: number, z: number): number {
  return Math.min(
    ellipsoid(ax, y + 43, z + 33, 7, 5, 9),
    tube(ax, y, z, [0, -38, -24], [0, -30, -6], 1.6, 1),
  );
}

export function thalamus(ax: number, y: number, z: number): number {
  return ellipsoid(ax - 11, y + 18 + 0.4 * (ax - 11), z - 6, 10, 15, 9);
}

export function caudate(ax: number, y: number, z: number): number {
  const tail: readonly Point[] = [
    [13, 16, 2],
    [15, 4, 16],
    [20, -18, 24],
  ];
  return chain(ax, y, z, tail, [6.5, 4.5, 2], 3);
}

export function putamen(ax: number, y: number, z: number): number {
  return ellipsoid(ax - 27 + 0.01 * y * y, y - 2, z - 2, 5.5, 18, 11);
}

export function pallidum(ax: number, y: number, z: number): number {
  return ellipsoid(ax - 19, y + 4, z, 4.5, 10, 7);
}

export function hippocampus(ax: number, y: number, z: number): number {
  return tube(ax, y, z, [24, -10, -20], [25, -34, -4], 5, 3.5);
}

export function brainstem(ax: number, y: number, z: number): number {
  const midbrain = tube(ax, y, z, [0, -23, -2], [0, -27, -18], 15, 13);
  const pons = ellipsoid(ax, y + 25, z + 31, 18, 13.5, 14);
  const medulla = tube(ax, y, z, [0, -32, -42], [0, -38, -62], 10, 8);
  const peduncle = tube(ax, y, z, [12, -30, -34], [24, -48, -38], 8, 6);
  return join(join(join(midbrain, pons, 4), medulla, 5), peduncle, 4);
}

export function cerebellum(ax: number, y: number, z: number): number {
  const lobe = ellipsoid(ax - 26, y + 62, z + 33, 31, 29, 25);
  const vermis = ellipsoid(ax, y + 60, z + 24, 16, 25, 24);
  return meet(join(lobe, vermis, 10), z - tentorium(ax, y) + 1.2, 3);
}

/** Eye socket: a cone of fat from the lids back to the optic canal. */
export function orbit(ax: number, y: number, z: number): number {
  return tube(ax, y, z, [33, 58, -39], [15, 20, -34], 17.5, 4);
}

export function eye(ax: number, y: number, z: number): number {
  return ellipsoid(ax - 33, y - 59, z + 40, 13, 13, 13);
}

/** Optic nerve and the four straight muscles around it. */
export function eyeMuscles(ax: number, y: number, z: number): number {
  const nerve = tube(ax, y, z, [32, 46, -39], [14, 18, -34], 2, 2);
  const rim = Math.abs(tube(ax, y, z, [33, 59, -39.5], [15, 20, -34], 15, 2)) - 1.3;
  const dx = Math.abs(ax - lerp(15, 33, clamp((y - 20) / 39, 0, 1)));
  const dz = Math.abs(z + 39);
  return Math.min(nerve, Math.max(rim, Math.min(dx, dz) - 4, y - 62));
}

/** Air of the nose: the nasal cavity, the sphenoid, ethmoid, maxillary and frontal sinuses. */
export function airways(ax: number, y: number, z: number): number {
  const nasal = Math.max(ax - 12 + 0.1 * Math.abs(z + 45), y - 62 + 0.5 * (z + 26), 18 - y, z + 27);
  const sphenoid = ellipsoid(ax - 3, y - 8, z + 41, 11, 13, 9);
  const maxillary = ellipsoid(ax - 20, y - 38, z + 60, 11, 16, 13);
  const frontal = ellipsoid(ax - 11, y - 70 + 0.25 * (z + 14), z + 14, 13, 4.5, 13);
  return Math.min(nasal, sphenoid, maxillary, frontal);
}

/** Septum and turbinates, the thin walls that hang in the nasal air. */
export function turbinates(ax: number, y: number, z: number): number {
  const septum = ax - 0.9;
  const shells = Math.max(Math.abs(ax - 6 - 0.12 * (z + 50)) - 1.1, y - 55, 26 - y);
  return Math.min(septum, shells);
}

/** Petrous and mastoid bone, which fills the gap between middle and posterior fossa out to the ear. */
export function petrousBone(ax: number, y: number, z: number): number {
  return tube(ax, y, z, [22, -12, -46], [62, -36, -46], 9, 11);
}

export function earCanal(ax: number, y: number, z: number): number {
  return tube(ax, y, z, [46, -20, -46], [66, -22, -46], 2.2, 2.8);
}

export function temporalMuscle(ax: number, y: number, z: number): number {
  return Math.max(ellipsoid(ax - 56, y - 12, z + 34, 17, 36, 56), z - 18);
}

export function neckMuscle(ax: number, y: number, z: number): number {
  return ellipsoid(ax - 24, y + 92, z + 62, 44, 17, 34);
}

export function lens(ax: number, y: number, z: number): number {
  return ellipsoid(ax - 33, y - 68.5, z + 40, 5, 2.2, 5);
}

/** Distance to the tentorium, behind the brainstem. */
export function tentorialGap(ax: number, y: number, z: number): number {
  return Math.max(Math.abs(z - tentorium(ax, y)) * 0.9, y + 42);
}
