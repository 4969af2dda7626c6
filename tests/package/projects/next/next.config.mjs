import { fileURLToPath } from "node:url";

export default {
  // The folder above has a lockfile, too.
  turbopack: { root: fileURLToPath(new URL(".", import.meta.url)) },
};
