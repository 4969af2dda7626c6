import { fileURLToPath } from "node:url";

export default {
  // The parent folder has a lockfile, too.
  turbopack: { root: fileURLToPath(new URL(".", import.meta.url)) },
};
