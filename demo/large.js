// Tells what has been fetched of a large volume, and shows another one.

const viewer = document.querySelector("voxel-volume");
const told = document.querySelector(".told");
const form = document.querySelector("form");

/** Milliseconds between two looks at what has been fetched. */
const PACE = 500;

/** The level of the first picture; undefined if the volume has been read whole. */
let first;

const sides = ({ dims }) => dims.join(" × ");
const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;

function tell() {
  const { volume } = viewer;
  if (!volume) return;
  const { levels, traffic } = volume;
  const parts = [
    levels.length > 1 ? `${levels.length} levels: ${levels.map(sides).join(", ")}` : sides(levels[0]),
    ...(first > 0 ? [`first picture from level ${first}`] : []),
    ...(traffic ? [`${megabytes(traffic.bytes)} in ${traffic.requests} requests`] : []),
  ];
  told.textContent = parts.join(" · ");
}

viewer.addEventListener("progress", ({ detail }) => {
  told.textContent = `Loading… ${megabytes(detail.loaded)}`;
});
viewer.addEventListener("load", ({ detail }) => {
  first = detail.level;
  tell();
});
viewer.addEventListener("error", ({ error, message }) => {
  const isOwn = error.code === "network" && viewer.src.startsWith("large/");
  told.textContent = isOwn ? "This volume comes from the server of npm start." : message;
});
setInterval(() => viewer.loaded && tell(), PACE);

form.addEventListener("submit", (event) => {
  event.preventDefault();
  viewer.src = form.elements.address.value;
});
