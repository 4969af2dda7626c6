/** A page whose scripts fail to load shows the element's content in its place, and gives no wrong reason. */

import { expect, test } from "playwright/test";

test.use({ viewport: { width: 640, height: 900 } });

for (const [what, pattern] of [
  ["voxel-volume.min.js", "**/voxel-volume.min.js"],
  ["its chunks", "**/chunks/*"],
]) {
  test(`demo/index.html without ${what}`, async ({ page }) => {
    await page.route(pattern, (route) => route.abort());
    await page.goto("/demo/index.html");
    const element = page.locator("voxel-volume");
    await expect(element.getByText("The volume cannot be shown here.")).toBeVisible();
    await expect(element.getByRole("link")).toHaveAttribute("href", "poster.webp");
    expect((await page.request.get("/demo/poster.webp")).ok()).toBe(true);
    expect(await page.locator("body").innerText()).not.toMatch(/no WebGPU/i);
    const box = await element.boundingBox();
    expect(box?.width).toBeGreaterThan(500);
    expect(box?.height).toBeGreaterThan(400);
  });
}
