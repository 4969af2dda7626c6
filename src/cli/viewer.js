/** The page of `voxel-volume view`: shows the files that its server provides, with the options of the command line. */

import { fromUrls } from "./voxel-volume.min.js";

// The options come from the server: the page's address has no influence.
const { files, attributes } = await (await fetch("data.json")).json();
const viewer = document.createElement("voxel-volume");
viewer.setAttribute("controls", "");
viewer.setAttribute("gesture-handling", "greedy");
for (const [name, text] of Object.entries(attributes)) viewer.setAttribute(name, text);
if (files.length === 1) viewer.setAttribute("src", files[0]);
viewer.addEventListener("load", ({ detail }) => {
  document.title = `${detail.name} – voxel-volume`;
});
document.body.append(viewer);
// Files that belong together are loaded as one. The element shows errors.
if (files.length > 1)
  viewer.load(fromUrls(files.map((path) => new URL(path, location.href).href))).catch(() => {});
