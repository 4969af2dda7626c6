/** Backend "chromium": runs scenarios in a page of a headless browser, and restarts the browser if it fails. */

import { openHeadless } from "../src/cli/browser.ts";
import { inputOf } from "../src/cli/input.ts";
import { trustedPages } from "../src/cli/pages.ts";
import { serve } from "../src/cli/server.ts";
import type { Backend } from "./backend.ts";
import type { Opened } from "./measure.ts";
import type { BenchPage } from "./page.ts";
import type { Outcome } from "./result.ts";

/** A scenario is stopped after PATIENCE times its budget, plus GRACE_MS. */
const PATIENCE = 3;
const GRACE_MS = 60_000;

/** @param pages folder of the built page. @param browser path of a browser; found automatically if omitted. */
export async function openChromium(pages: string, input: string, browser?: string): Promise<Backend> {
  const server = await serve(trustedPages(pages), await inputOf(input));
  const start = async () => {
    const headless = await openHeadless(`${server.url}page.html`, browser);
    headless.page.on("console", (message) => console.error(message.text()));
    const call = <K extends keyof BenchPage>(name: K, ...args: Parameters<BenchPage[K]>) =>
      headless.page.evaluate(
        ([name, args]) =>
          (globalThis as unknown as { bench: Record<string, (...a: unknown[]) => unknown> }).bench[name](
            ...args,
          ),
        [name, args] as [string, unknown[]],
      ) as ReturnType<BenchPage[K]>;
    const opened: Opened = await call("open", server.input[0], decodeURIComponent(server.input[0].slice(6)));
    return { ...headless, call, opened };
  };
  let running = await start();
  const { adapter, software, opened, page } = running;
  return {
    about: {
      name: "chromium",
      version: page.context().browser()?.version() ?? "unknown",
      adapter,
      software,
    },
    opened,
    async run(scenario, budgetMs): Promise<Outcome> {
      const limit = PATIENCE * budgetMs + GRACE_MS;
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(
          () => reject(new Error(`over budget: stopped after ${Math.round(limit / 1000)} s`)),
          limit,
        );
      });
      try {
        return await Promise.race([running.call("run", scenario, budgetMs), late]);
      } catch (error) {
        await running.close();
        running = await start();
        throw new Error((error as Error).message.replace(/^page\.evaluate: (Error: )?/, ""));
      } finally {
        clearTimeout(timer);
      }
    },
    async close() {
      await running.close();
      server.close();
    },
  };
}
