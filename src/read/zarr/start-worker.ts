/**
 * Starts a worker of the decode pool. Bundlers know this form and add the worker; a build of one file leaves this module
 * out, because it has no other file.
 */
function startWorker(): Worker {
  try {
    return new Worker(new URL("./decode-worker.js", import.meta.url), { type: "module" });
  } catch (error) {
    const url = trustedUrl("decode-worker.js", import.meta.url);
    if (url === undefined) throw error;
    return new Worker(url as unknown as URL, { type: "module" });
  }
}

/** Browsers' Trusted Types, which a page's policy may require for addresses of scripts. */
interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): unknown };
}

/** The address for pages whose policy requires Trusted Types; undefined without them. */
function trustedUrl(file: string, base: string): unknown {
  const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
  policy ??= trustedTypes?.createPolicy("voxel-volume", { createScriptURL: (url) => url });
  return policy?.createScriptURL(new URL(file, base).href);
}

/** Made once: a second of the same name is refused. */
let policy: ReturnType<TrustedTypes["createPolicy"]> | undefined;

export default startWorker as (() => Worker) | undefined;
