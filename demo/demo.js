// The demo page: its controls set attributes of the element, and the tag is shown as it stands.

const viewer = document.querySelector("voxel-volume");
const form = document.querySelector("form");
const tag = document.querySelector("pre code");
const loaded = document.querySelector(".loaded");

function apply() {
  for (const [name, value] of new FormData(form)) viewer.setAttribute(name, value);
  const shown = ["view", "resolution", "blend", "colormap"].map(
    (name) => `${name}="${viewer.getAttribute(name)}"`,
  );
  tag.textContent = `<voxel-volume src="attention.zip" ${shown.join(" ")}></voxel-volume>`;
}

form.addEventListener("change", apply);
form.querySelector("button").addEventListener("click", () => viewer.resetCamera());
viewer.addEventListener("load", ({ detail }) => {
  loaded.textContent = `A phantom, not a scan: ${detail.name}, ${detail.dims.join(" × ")} voxels`;
});
apply();
