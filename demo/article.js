// The article's gallery: shows the markup and script of each figure beside it, and draws the histograms.

/** The article's matplotlib view of its small plots. */
const PLOT = { aspect: "cube", azimuth: "-60", axes: "", loading: "lazy" };

/** Removes the indentation that all lines share. */
function dedent(text) {
  const lines = text.replace(/^\s*\n|\s+$/g, "").split("\n");
  const indents = lines.filter((line) => line.trim()).map((line) => line.match(/^ */)[0].length);
  return lines.map((line) => line.slice(Math.min(...indents))).join("\n");
}

/** The tag of a viewer as written by hand. */
function tag(viewer) {
  const written = viewer.cloneNode();
  for (const name of ["alt", "class", "loading", "hidden"]) written.removeAttribute(name);
  return written.outerHTML.replaceAll('=""', "").replace("../sample/", "");
}

for (const viewer of document.querySelectorAll(".plot")) {
  for (const [name, text] of Object.entries(PLOT)) viewer.setAttribute(name, text);
}

for (const section of document.querySelectorAll("section:has(figure)")) {
  const viewers = [...section.querySelectorAll("voxel-volume, voxel-volume-slice")].map(tag);
  const script = section.querySelector("script");
  const code = script ? ['<script type="module">', dedent(script.textContent), "</script>"] : [];
  const ours = [...viewers, ...code].join("\n");
  const pre = document.createElement("pre");
  pre.className = "ours";
  pre.append(Object.assign(document.createElement("code"), { textContent: ours }));
  section.querySelector(".python").after(pre);
}

const helpers = document.querySelector("#helpers pre code");
helpers.textContent = await (await fetch("article-voxels.js")).text();

/** Bars in the colours of viridis. The tallest, for the air around the head, extends beyond the top. */
export function drawHistogram(place, counts) {
  const [, second] = [...counts].sort((a, b) => b - a);
  const bars = [...counts].flatMap((count, i) => {
    const top = 100 * (1 - Math.min(1, (0.9 * count) / second));
    return [i, i + 0.85].map((x) => [
      `${(100 * x) / counts.length}% 100%`,
      `${(100 * x) / counts.length}% ${top}%`,
    ]);
  });
  const points = bars.flatMap(([low, high], i) => (i % 2 ? [high, low] : [low, high]));
  document.querySelector(place).style.clipPath = `polygon(${points.join(", ")})`;
}
