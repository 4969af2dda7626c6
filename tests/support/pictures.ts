/** Similarity of two pictures, in dB; pictures that differ are saved for inspection. */

import { expect } from "playwright/test";
import { overWhite, type Picture, silhouette, writePng } from "./png.ts";

/** PSNR over the pixels that either picture covers, in 8-bit RGB over white; infinite for equal pictures. */
export function decibels(ours: Picture, theirs: Picture): number {
  const [a, b] = [overWhite(ours), overWhite(theirs)];
  const [maskA, maskB] = [silhouette(a), silhouette(b)];
  let squares = 0;
  let pixels = 0;
  for (let i = 0; i < maskA.length; i++) {
    if (!maskA[i] && !maskB[i]) continue;
    pixels++;
    for (let c = 4 * i; c < 4 * i + 3; c++) squares += (a.data[c] - b.data[c]) ** 2;
  }
  return squares === 0 ? Number.POSITIVE_INFINITY : 10 * Math.log10((255 ** 2 * 3 * pixels) / squares);
}

/**
 * Fails if the pictures are less similar than `least` dB; tests/output then has `name`-ours, -theirs and -difference.
 */
export function expectAlike(name: string, ours: Picture, theirs: Picture, least: number): void {
  expect([ours.width, ours.height], `${name}: size`).toEqual([theirs.width, theirs.height]);
  const db = decibels(ours, theirs);
  if (db < least) keep(name, ours, theirs);
  expect(db, `${name}: dB, see tests/output/${name}-*.png`).toBeGreaterThanOrEqual(least);
}

/** Fails if the pictures look the same. */
export function expectDifferent(name: string, ours: Picture, theirs: Picture): void {
  expect([ours.width, ours.height], `${name}: size`).toEqual([theirs.width, theirs.height]);
  const db = decibels(ours, theirs);
  if (db > 40) keep(name, ours, theirs);
  expect(db, `${name}: dB between what should differ`).toBeLessThan(40);
}

/** Saves both pictures, and five times their difference. */
export function keep(name: string, ours: Picture, theirs: Picture): void {
  const [a, b] = [overWhite(ours), overWhite(theirs)];
  const data = a.data.map((level, i) => (i % 4 === 3 ? 255 : Math.min(255, 5 * Math.abs(level - b.data[i]))));
  writePng(`tests/output/${name}-ours.png`, ours);
  writePng(`tests/output/${name}-theirs.png`, theirs);
  writePng(`tests/output/${name}-difference.png`, { ...a, data });
}

/**
 * Pixels that one picture covers clearly, by more than 2 of 255 levels, without any coverage of the other within one
 * pixel: 0 if the outlines match. Fainter pixels are ignored, because rounding differs between renderers.
 */
export function outlineErrors(ours: Picture, theirs: Picture): number {
  return strays(ours, theirs) + strays(theirs, ours);
}

function strays(these: Picture, those: Picture): number {
  const { width, height } = these;
  const [clear, any] = [silhouette(these, 2), silhouette(those)];
  const near = (x: number, y: number): boolean => {
    for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
      for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++)
        if (any[v * width + u]) return true;
    }
    return false;
  };
  return clear.filter((bit, i) => bit && !near(i % width, Math.floor(i / width))).length;
}

/**
 * Pixels of either picture that differ by more than `tolerance` from all values between those of the nine pixels around
 * the same position in the other: 0 if lines are in the same positions to a pixel.
 */
export function unlikePixels(ours: Picture, theirs: Picture, tolerance: number): number {
  const [a, b] = [overWhite(ours), overWhite(theirs)];
  return unlike(a, b, tolerance) + unlike(b, a, tolerance);
}

function unlike(these: Picture, those: Picture, tolerance: number): number {
  const { width, height } = these;
  let count = 0;
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isLike = [0, 1, 2].every((c) => {
        let [low, high] = [255, 0];
        for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++)
          for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
            const level = those.data[4 * (v * width + u) + c];
            low = Math.min(low, level);
            high = Math.max(high, level);
          }
        const level = these.data[4 * (y * width + x) + c];
        return level >= low - tolerance && level <= high + tolerance;
      });
      if (!isLike) count++;
    }
  return count;
}
