/** A page of another site that frames the viewer of `view` and tries to read its volume. */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { blob } from "../support/blob.ts";
import { expect, test } from "../support/cli.ts";

test("a page that frames the viewer can neither run a script in it nor read its bytes", async ({
  cli,
  page,
}) => {
  const child = cli.start("view", cli.write("blob.nii", blob()));
  const line = await new Promise<string>((resolve) =>
    child.stdout?.once("data", (chunk) => resolve(String(chunk))),
  );
  const url = /http:\S+/.exec(line)?.[0] ?? "";
  const { origin } = new URL(url);
  const stolen: string[] = [];
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  // The worst case: the attacker knows the secret.
  const attack = encodeURIComponent(`fetch("input/blob.nii").then(() => parent.postMessage("stolen", "*"))`);
  const framed = [`${url}?src=x&onerror=${attack}`, `${origin}/viewer.html?src=x&onerror=${attack}`];
  const bytes = new URL("input/blob.nii", url).href;
  const attacker = createServer(({ url: path = "" }, response) => {
    if (path.startsWith("/stolen")) stolen.push(path);
    if (path === "/ended") end();
    response.setHeader("Content-Type", "text/html");
    response.end(`${framed.map((src) => `<iframe src="${src.replaceAll("&", "&amp;")}"></iframe>`).join("")}
      <img src="${bytes}">
      <script>
        addEventListener("message", () => fetch("/stolen-by-frame"));
        const attempts = [
          fetch("${bytes}").then(() => fetch("/stolen-by-fetch"), () => {}),
          fetch("${bytes}", { mode: "no-cors" })
            .then((answer) => answer.text()).then((text) => text && fetch("/stolen-by-no-cors"), () => {}),
          // Frames are blocked, or have had the time to run their scripts.
          new Promise((resolve) => addEventListener("load", () => setTimeout(resolve, 500))),
        ];
        Promise.all(attempts).then(() => fetch("/ended"));
      </script>`);
  });
  await new Promise<void>((resolve) => attacker.listen(0, "127.0.0.1", resolve));
  try {
    await page.goto(`http://localhost:${(attacker.address() as AddressInfo).port}/`);
    await ended;
    expect(stolen).toEqual([]);
    for (const frame of page.frames().slice(1))
      expect(await frame.evaluate(() => document.querySelector("voxel-volume"))).toBe(null);
    // Parameters have no effect when the user opens the page either.
    await page.goto(framed[0]);
    await page.waitForFunction(() => document.title.startsWith("blob.nii"));
    expect(await page.locator("voxel-volume").getAttribute("onerror")).toBe(null);
    await expect(page.locator("voxel-volume")).toHaveAttribute("src", "input/blob.nii");
  } finally {
    attacker.close();
    attacker.closeAllConnections();
    child.kill("SIGINT");
  }
});
