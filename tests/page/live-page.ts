/** Opens live pages that the command line has made, and notes what they ask for. */

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import JSZip from "jszip";
import type { Page } from "playwright/test";
import { type Picture, readPng } from "../support/png.ts";

/** Side of pages and pictures, in pixels. */
export const SIDE = 200;
/** Most bytes of a page beside its volume. */
export const MOST_BESIDE = 2e6;

/** An opened page. */
export interface LivePage {
  readonly picture: Picture;
  /** URLs that it asked for, apart from its own, data and blobs. */
  readonly asked: readonly string[];
  /** Messages on its console. */
  readonly complaints: readonly string[];
}

/** Opens a page, waits until it is drawn, and takes its picture. */
export async function openLive(page: Page, url: string): Promise<LivePage> {
  const [asked, complaints]: string[][] = [[], []];
  page.on("request", (request) => {
    if (request.url() !== url && !/^(data|blob):/.test(request.url())) asked.push(request.url());
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.setViewportSize({ width: SIDE, height: SIDE });
  await page.goto(url);
  await drawn(page);
  // Pictures of the command line have no notices over them.
  await page.evaluate(() => {
    const notice = document.querySelector("voxel-volume")?.shadowRoot?.querySelector("[part=notice]");
    if (notice instanceof HTMLElement) notice.style.visibility = "hidden";
  });
  return { picture: await screenshot(page), asked, complaints };
}

/** Waits until the volume is on screen and the poster has gone. */
export async function drawn(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector("voxel-volume")?.loaded);
  await page.evaluate(() => document.querySelector("voxel-volume")?.drawn);
  await page.waitForTimeout(400);
}

export const screenshot = async (page: Page): Promise<Picture> => readPng(await page.screenshot());

export const fileUrl = (path: string) => pathToFileURL(path).href;

/** The files of a zip archive. */
export async function unzipped(path: string): Promise<Record<string, Uint8Array>> {
  const zip = await JSZip.loadAsync(readFileSync(path));
  const entries = Object.values(zip.files).map(async (file) => [file.name, await file.async("uint8array")]);
  return Object.fromEntries(await Promise.all(entries));
}
