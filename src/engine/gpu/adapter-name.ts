/** The name of the graphics adapter. */

/** Name of the adapter, as far as it is disclosed. */
export function adapterName(device: GPUDevice): string {
  const { vendor, architecture, device: model, description } = device.adapterInfo;
  return description || [vendor, architecture, model].filter(Boolean).join(" ") || "unnamed adapter";
}
