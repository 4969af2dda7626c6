/** Bind groups and bind group layouts, described by the kinds of their bindings. */

/**
 * Kind of a binding: a uniform buffer, a storage buffer to read or to write, a texture to load texels from, a 3-D
 * texture of unsigned integers to read (the pool) or to write (r32uint).
 */
export type Binding = "uniform" | "read" | "write" | "picture" | "pool" | "store";
export type Resource = GPUBuffer | GPUTextureView;

const layouts = new WeakMap<GPUDevice, Map<string, GPUBindGroupLayout>>();

/** The layout for bindings of these kinds, numbered from 0. Cached: equal kinds give the same object. */
export function bindingLayout(device: GPUDevice, kinds: readonly Binding[]): GPUBindGroupLayout {
  const made = layouts.get(device) ?? new Map<string, GPUBindGroupLayout>();
  layouts.set(device, made);
  const key = kinds.join();
  let layout = made.get(key);
  if (!layout) {
    layout = device.createBindGroupLayout({ label: key, entries: kinds.map(entry) });
    made.set(key, layout);
  }
  return layout;
}

function entry(kind: Binding, binding: number): GPUBindGroupLayoutEntry {
  const { VERTEX, FRAGMENT, COMPUTE } = GPUShaderStage;
  const visibility = VERTEX | FRAGMENT | COMPUTE;
  switch (kind) {
    case "uniform":
      return { binding, visibility, buffer: { type: "uniform" } };
    case "read":
      return { binding, visibility, buffer: { type: "read-only-storage" } };
    case "write":
      return { binding, visibility: COMPUTE, buffer: { type: "storage" } };
    case "picture":
      return { binding, visibility, texture: { sampleType: "unfilterable-float" } };
    case "pool":
      return { binding, visibility, texture: { sampleType: "uint", viewDimension: "3d" } };
    case "store":
      return {
        binding,
        visibility: COMPUTE,
        storageTexture: { access: "write-only", format: "r32uint", viewDimension: "3d" },
      };
  }
}

/** Binds the resources to the numbers from 0. */
export function bindGroup(
  device: GPUDevice,
  layout: GPUBindGroupLayout,
  resources: readonly Resource[],
): GPUBindGroup {
  return device.createBindGroup({
    layout,
    entries: resources.map((resource, binding) => ({
      binding,
      resource: "size" in resource ? { buffer: resource } : resource,
    })),
  });
}
