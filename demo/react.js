// A React 19 component with a <voxel-volume>, without a build: createElement instead of JSX.

/** Milliseconds to wait for a content delivery network. */
const PATIENCE = 10_000;

const late = new Promise((_, reject) => {
  setTimeout(() => reject(new Error("no answer")), PATIENCE);
});

try {
  const packages = Promise.all([import("react"), import("react-dom/client"), import("voxel-volume")]);
  const [react, { createRoot }] = await Promise.race([packages, late]);
  createRoot(document.querySelector("#root")).render(react.createElement(playground(react)));
} catch {
  document.querySelector("#root [role=status]").textContent =
    "React comes from esm.sh, which cannot be reached from here. With a connection, this is a live example of the code below.";
}

function playground({ createElement: h, useState }) {
  return function Playground() {
    const [view, setView] = useState("cut");
    const [explode, setExplode] = useState(0);
    const [dims, setDims] = useState();
    const [camera, setCamera] = useState();
    const views = ["full", "cut", "diagonal"].map((name) =>
      h(
        "button",
        { key: name, type: "button", "aria-pressed": name === view, onClick: () => setView(name) },
        name,
      ),
    );
    return h(
      "div",
      { className: "playground" },
      h("voxel-volume", {
        src: "../sample/attention.zip",
        resolution: "64",
        blend: "exact",
        fit: "content",
        alt: "Head phantom",
        view,
        explode,
        onload: ({ detail }) => setDims(detail.dims),
        "oncamera-change": ({ detail }) => setCamera(detail),
      }),
      h(
        "div",
        { className: "fields" },
        h("div", { className: "row", role: "group", "aria-label": "View" }, views),
        h(
          "label",
          null,
          "Gap between voxels",
          h("input", {
            type: "range",
            min: 0,
            max: 0.6,
            step: 0.05,
            value: explode,
            onChange: ({ target }) => setExplode(Number(target.value)),
          }),
        ),
        h("output", null, dims ? `${dims.join(" × ")} voxels in the file` : "Loading…"),
        h(
          "output",
          null,
          camera
            ? `Azimuth ${camera.azimuth.toFixed()}°, elevation ${camera.elevation.toFixed()}°`
            : "Drag it",
        ),
      ),
    );
  };
}
