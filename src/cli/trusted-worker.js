/** Lets the command line's pages start the worker that decodes Zarr's chunks, and no other: see pages.ts. */

const worker = new URL("chunks/decode-worker.js", import.meta.url).href;
globalThis.trustedTypes?.createPolicy("default", {
  createScriptURL: (url) => (url === worker ? url : null),
});
