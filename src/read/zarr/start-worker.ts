/**
 * Starts a worker of the decode pool. Bundlers know this form and add the worker; a build of one file leaves this module
 * out, because it has no other file.
 */
const startWorker = () => new Worker(new URL("./decode-worker.js", import.meta.url), { type: "module" });

export default startWorker as (() => Worker) | undefined;
