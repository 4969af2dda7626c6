/** The programs that can be compared, and the pages with which each of them shows each scene. */

/** The npm packages of the other programs, by their names in `--against`. */
export const PACKAGES = {
  "vtk.js": "@kitware/vtk.js",
  niivue: "@niivue/niivue",
  "three.js": "three",
} as const;

export type Peer = keyof typeof PACKAGES;
export const PEERS = Object.keys(PACKAGES) as Peer[];

export type SceneName = "volume" | "cubes";
export const SCENES: readonly SceneName[] = ["volume", "cubes"];

/** One program showing one scene. */
export interface Program {
  readonly name: string;
  /** Undefined for voxel-volume. */
  readonly peer?: Peer;
  readonly scene: SceneName;
  /** A short description of the drawing method. */
  readonly method: string;
  /** Names of files in pages/, without extension. Each is opened in a separate browser. */
  readonly pages: readonly string[];
  /** Blend of voxel-volume. */
  readonly blend?: "exact" | "weighted";
}

/** The element reports its first picture; only the engine can time frames at rest. */
const OWN_PAGES = ["own-element", "own-engine"];

const OTHERS: readonly Program[] = [
  {
    name: "vtk.js",
    peer: "vtk.js",
    scene: "volume",
    method: "ray casting, a sample a voxel",
    pages: ["vtk"],
  },
  { name: "NiiVue", peer: "niivue", scene: "volume", method: "ray casting", pages: ["niivue"] },
  {
    name: "three.js",
    peer: "three.js",
    scene: "volume",
    method: "VolumeShader, maximum intensity: not translucent",
    pages: ["three-volume"],
  },
  {
    name: "three.js",
    peer: "three.js",
    scene: "cubes",
    method: "InstancedMesh, transparent, not sorted",
    pages: ["three-cubes"],
  },
];

/** The programs to run for a scene: those of `peers`, then voxel-volume with each blend. */
export function programsOf(scene: SceneName, peers: readonly Peer[]): Program[] {
  const others = OTHERS.filter((one) => one.scene === scene && peers.some((peer) => peer === one.peer));
  if (others.length === 0) return [];
  const own = (["exact", "weighted"] as const).map((blend): Program => {
    const method = blend === "exact" ? "rays, in order" : "faces, order-independent";
    return { name: `voxel-volume ${blend}`, scene, method, pages: OWN_PAGES, blend };
  });
  return [...others, ...own];
}
