/** Registers the element; `drawInWorker` has a worker read and draw the same volume. */

import "voxel-volume";

globalThis.drawInWorker = () =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => resolve([...data]);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ url: new URL("brain.nii", location.href).href, width: 200, height: 200 });
  });
