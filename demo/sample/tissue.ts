/** Tissue: the T1-weighted signal at each point of the head, painted part over part. */
import * as anatomy from "./anatomy.ts";
import { CORTEX } from "./cortex.ts";
import { smoothNoise } from "./noise.ts";
import { clamp, lerp, smoothstep } from "./shapes.ts";

/** Signal levels of a T1-weighted scan, in the scanner's arbitrary units. */
const AIR = 0;
const BONE = 110;
const FLUID = 230;
const DURA = 425;
const MARROW = 480;
const SKIN = 520;
const MUSCLE = 600;
const GREY = 680;
const NUCLEI = 775;
const WHITE = 905;
const FAT = 1350;

/** Half the width in mm of the transition between two tissues, as in voxels that contain both. */
const EDGE = 0.8;

/** The signal `under` a part, covered with `level` where the signed distance is negative. */
function over(under: number, level: number, distance: number): number {
  if (distance > EDGE) return under;
  return lerp(under, level, clamp(0.5 - distance / (2 * EDGE), 0, 1));
}

/** Signal at a point in mm; `white` is the distance from the white matter. */
export function signal(x: number, y: number, z: number, white: number): number {
  const ax = anatomy.sideways(x, y, z);
  const skin = anatomy.head(x, y, z);
  if (skin > 3) return AIR;
  const skull = anatomy.cranium(ax, y, z);
  return skull < -3
    ? inside(x, y, z, ax, white)
    : over(outside(x, y, z, ax, skin, skull), inside(x, y, z, ax, white), skull);
}

/** Scalp, muscle, skull and face. */
function outside(x: number, y: number, z: number, ax: number, skin: number, skull: number): number {
  const coarse = smoothNoise(x / 13, y / 13, z / 13, 11);
  const fine = smoothNoise(x / 3, y / 3, z / 3, 12);
  const base = smoothstep(-16, -30, z);
  let v = lerp(0, SKIN, smoothstep(2.5, -2, skin));
  const fat = lerp(FAT, 1150 + 9 * z, 1 - base) + 200 * coarse + 100 * fine;
  v = lerp(v, fat, smoothstep(-2, -6, skin));
  if (base > 0) v = lerp(v, face(x, y, z, fine), base * smoothstep(-6, -11, skin));
  v = over(v, MUSCLE + 90 * fine, Math.max(anatomy.temporalMuscle(ax, y, z), skin + 5));
  v = over(v, MUSCLE - 60 + 110 * fine, Math.max(anatomy.neckMuscle(ax, y, z), skin + 6));
  const thickness = 8.5 + 1.5 * coarse + 2 * smoothstep(-70, -100, y);
  const bone = Math.max(skull - thickness * lerp(1, 0.6, base), skin + 4.5);
  v = over(v, lerp(BONE, 270, base) + 30 * (1 + 3 * base) * fine, bone);
  const marrow = Math.abs(skull - 0.55 * thickness) - 0.16 * thickness + 4 * base;
  v = over(v, MARROW + 170 * fine + 120 * coarse, Math.max(marrow, bone + 1.5));
  return z < 0 ? skullBase(v, x, y, z, ax, skin, fine) : v;
}

/** Muscle, separated by sheets of fat and bone. */
function face(x: number, y: number, z: number, fine: number): number {
  const layers = smoothNoise(x / 9, y / 14, z / 14, 15) + 0.5 * smoothNoise(x / 4, y / 6, z / 6, 16);
  const v = lerp(MUSCLE + 50 * fine, FAT - 200, smoothstep(0.35, 0.6, layers));
  return lerp(v, BONE + 40, smoothstep(-0.3, -0.6, layers));
}

/** Ear, nose and eye, slightly warped to avoid flat walls. */
function skullBase(
  under: number,
  x: number,
  y0: number,
  z0: number,
  ax0: number,
  skin: number,
  fine: number,
): number {
  const ax = ax0 + 2.2 * smoothNoise(x / 11, y0 / 11, z0 / 11, 17);
  const y = y0 + 2.2 * smoothNoise(x / 11, y0 / 11, z0 / 11, 18);
  const z = z0 + 2.2 * smoothNoise(x / 11, y0 / 11, z0 / 11, 19);
  let v = over(under, BONE + 140 + 200 * Math.max(0, fine), anatomy.petrousBone(ax, y, z));
  v = over(v, AIR, anatomy.earCanal(ax, y, z));
  const orbit = Math.max(anatomy.orbit(ax, y, z), skin + 4);
  const air = anatomy.airways(ax, y, z);
  v = over(v, BONE, Math.min(Math.max(orbit - 2, y - 62), air - 1.2));
  v = over(v, over(AIR + 40, MUSCLE - 120 + 150 * fine, anatomy.turbinates(ax, y, z)), air);
  v = over(v, FAT + 120 * fine, orbit);
  if (orbit > EDGE) return v;
  v = over(v, MUSCLE + 60, anatomy.eyeMuscles(ax, y, z));
  return eyeball(v, ax0, y0, z0);
}

function eyeball(under: number, ax: number, y: number, z: number): number {
  const eye = anatomy.eye(ax, y, z);
  let v = over(under, MUSCLE + 40, eye);
  v = over(v, FLUID + 60, eye + 1.6);
  return over(v, MUSCLE - 80, anatomy.lens(ax, y, z));
}

/** Everything inside the skull. */
function inside(x: number, y: number, z: number, ax: number, white: number): number {
  const fine = smoothNoise(x / 4, y / 4, z / 4, 13);
  let v = FLUID + 50 * fine;
  v = over(v, DURA, ax - 0.3);
  v = over(v, DURA, anatomy.tentorialGap(ax, y, z) - 0.8);
  if (white < 3 * CORTEX) v = lerp(brain(white, fine), v, smoothstep(CORTEX - 1, CORTEX + 1.6, white));
  if (z < 12 && y < 0) v = hindbrain(v, x, y, z, ax, fine);
  const core = anatomy.core(ax, y, z);
  return core < 14 ? deep(v, y, z, ax, core) : v;
}

/** White matter and the cortex on it. */
function brain(white: number, fine: number): number {
  return lerp(WHITE + 22 * fine, GREY + 30 * fine, smoothstep(-0.8, 2, white));
}

function hindbrain(under: number, x: number, y: number, z: number, ax: number, fine: number): number {
  let v = under;
  const cerebellum = anatomy.cerebellum(ax, y, z);
  if (cerebellum < EDGE) v = over(v, folia(x, y, z, ax, -cerebellum) + 15 * fine, cerebellum);
  v = over(v, WHITE - 75 + 15 * fine, anatomy.brainstem(ax, y, z));
  return over(v, FLUID, anatomy.fourthVentricle(ax, y, z));
}

/** Cerebellar leaves: a fan about the fourth ventricle, fissures between them, white matter at the core. */
function folia(x: number, y: number, z: number, ax: number, depth: number): number {
  const wave = 1.5 * smoothNoise(x / 15, y / 15, z / 15, 14);
  const dy = y + 44 - 0.004 * ax * ax + 2 * wave;
  const dz = z + 32 + 2 * wave;
  const radius = Math.sqrt(dy * dy + dz * dz);
  const leaves = 7 * fan(dy, dz) + radius / 6;
  const across = Math.abs(leaves - Math.floor(leaves) - 0.5);
  const leaf = lerp(lerp(480, 735, smoothstep(0.02, 0.2, across)), 870, smoothstep(0.33, 0.5, across));
  return lerp(leaf, WHITE - 15, Math.max(smoothstep(9, 20, depth + 3 * wave), smoothstep(15, 9, radius)));
}

/** Direction of (y, z) about the origin as a number from 0 to 4, without trigonometry. */
function fan(y: number, z: number): number {
  const t = z / (Math.abs(y) + Math.abs(z) + 1e-6);
  return y < 0 ? 1 + t : 3 - t;
}

/** Nuclei, callosum and ventricles. */
function deep(under: number, y: number, z: number, ax: number, core: number): number {
  let v = over(under, GREY - 80, Math.max(ax - 1.2, core));
  v = over(v, NUCLEI, anatomy.thalamus(ax, y, z));
  v = over(v, NUCLEI, anatomy.putamen(ax, y, z));
  v = over(v, NUCLEI + 55, anatomy.pallidum(ax, y, z));
  v = over(v, NUCLEI - 30, anatomy.caudate(ax, y, z));
  v = over(v, GREY + 20, anatomy.hippocampus(ax, y, z));
  v = over(v, WHITE + 5, anatomy.callosum(ax, y, z));
  v = over(v, FLUID, Math.max(anatomy.thirdVentricle(ax, y, z), -anatomy.callosum(ax, y, z)));
  return over(v, FLUID, anatomy.lateralVentricle(ax, y, z));
}
