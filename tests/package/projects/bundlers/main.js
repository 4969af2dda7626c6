/** Registers the element. `drawInWorker` reads and draws the same volume in a worker. */

import "voxel-volume";

globalThis.drawInWorker = () =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
    worker.onmessage = ({ data }) => resolve([...data]);
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.postMessage({ url: new URL("brain.nii", location.href).href, width: 200, height: 200 });
  });
