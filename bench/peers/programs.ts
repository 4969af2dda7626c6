/** The programs that can be compared with this one, and the pages that show each scene with each of them. */

/** The npm packages of the other programs, by the names that `--against` takes. */
export const PACKAGES = {
  "vtk.js": "@kitware/vtk.js",
  niivue: "@niivue/niivue",
  "three.js": "three",
} as const;

export type Peer = keyof typeof PACKAGES;
export const PEERS = Object.keys(PACKAGES) as Peer[];

export type SceneName = "volume" | "cubes";
export const SCENES: readonly SceneName[] = ["volume", "cubes"];

/** One program that shows one scene. */
export interface Program {
  readonly name: string;
  /** Undefined for voxel-volume. */
  readonly peer?: Peer;
  readonly scene: SceneName;
  /** The way of drawing, in a few words. */
  readonly method: string;
  /** Names of files in pages/, without extension: each is opened in a browser of its own. */
  readonly pages: readonly string[];
  /** Blend of voxel-volume. */
  readonly blend?: "exact" | "weighted";
}

/** The element tells when its first picture is there; frames at rest only the engine can time. */
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
