/** `view`: shows a volume in the user's own browser, until Ctrl+C. */

import { spawn } from "node:child_process";
import { basename } from "node:path";
import { inputOf, labelsOf } from "../input.ts";
import {
  inputOptions,
  parsePort,
  parseSize,
  pictureOptions,
  type Values,
  volumeOptions,
} from "../options.ts";
import { OWN_PAGES } from "../pages.ts";
import { serve } from "../server.ts";

export async function view(input: string, values: Values): Promise<void> {
  const texts = pictureOptions(values);
  const port = parsePort(values.port ?? "0");
  const { entry, frame, channel } = volumeOptions(values);
  parseSize("gpu-memory", values["gpu-memory"]);
  const download = inputOptions(values);
  const labels = values.labels === undefined ? undefined : await labelsOf(values.labels, download);
  const files = await inputOf(input, download);
  const server = await serve(OWN_PAGES, files, {
    labels: labels?.path,
    data: ({ input, labels }) => ({
      files: input,
      attributes: { entry, frame, channel, labels, "gpu-memory": values["gpu-memory"], ...texts },
    }),
    port,
  });
  const url = `${server.url}viewer.html`;
  console.log(`${basename(input)} is shown at ${url} (Ctrl+C ends it)`);
  openInBrowser(url);
}

/** Opens the user's own browser, if there is a desktop. */
function openInBrowser(url: string): void {
  const commands: Partial<Record<NodeJS.Platform, [string, string[]]>> = {
    darwin: ["open", [url]],
    win32: ["cmd", ["/c", "start", "", url]],
  };
  if (process.platform === "linux" && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return;
  const [command, args] = commands[process.platform] ?? ["xdg-open", [url]];
  spawn(command, args, { stdio: "ignore", detached: true })
    .on("error", () => {})
    .unref();
}
