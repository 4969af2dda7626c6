// The camera follows the text: between two sections it is interpolated between theirs; other settings change half way.

const viewer = document.querySelector("voxel-volume");
const text = document.querySelector(".story > div");
const sections = [...document.querySelectorAll(".story section")];
const still = matchMedia("(prefers-reduced-motion: reduce)");

const CAMERA = ["azimuth", "elevation", "zoom"];
const DEFAULTS = { crop: "0:1 0:1 0:1", explode: "0", colormap: "viridis" };

/** The reader's position: 0 at the first section, 1 at the second. */
function position() {
  const picture = viewer.getBoundingClientRect();
  // On narrow screens the text scrolls below the picture.
  const top = text.getBoundingClientRect().left < picture.right ? picture.bottom : 0;
  const middle = (top + innerHeight) / 2;
  const centres = sections.map((section) => {
    const { top, height } = section.getBoundingClientRect();
    return top + height / 2;
  });
  const next = centres.findIndex((centre) => centre > middle);
  if (next === 0) return 0;
  if (next === -1) return sections.length - 1;
  return next - (centres[next] - middle) / (centres[next] - centres[next - 1]);
}

function follow() {
  const place = still.matches ? Math.round(position()) : position();
  const [from, to] = [sections[Math.floor(place)].dataset, sections[Math.ceil(place)].dataset];
  // Holds at the sections, moves between them.
  const t = place % 1;
  const eased = t * t * (3 - 2 * t);
  for (const name of CAMERA) {
    viewer[name] = Number(from[name]) + (Number(to[name]) - Number(from[name])) * eased;
  }
  const nearest = sections[Math.round(place)].dataset;
  for (const [name, fallback] of Object.entries(DEFAULTS)) viewer[name] = nearest[name] ?? fallback;
}

addEventListener("scroll", follow, { passive: true });
addEventListener("resize", follow);
still.addEventListener("change", follow);
customElements.whenDefined("voxel-volume").then(follow);
