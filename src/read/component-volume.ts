/** componentVolume: a volume with one number per voxel, made from colours or complex numbers. */

import { VoxelVolumeError } from "../errors.ts";
import { memoryVolume } from "../memory-volume.ts";
import { DTYPES, type ReadNote, type Volume } from "../volume.ts";
import { COMPONENTS, type Components } from "./formats/format.ts";
import type { VolumeReadOptions } from "./frames.ts";
import { combined, combinedType, componentOf } from "./util/components.ts";

const NOTES: Readonly<Record<Components, ReadNote>> = {
  rgb: { text: "Colours are shown as their luminance" },
  rgba: { text: "Colours are shown as their luminance" },
  complex: { text: "Complex numbers are shown as their magnitude" },
};

/**
 * The luminance of colours, the magnitude of complex numbers, or one component. `data` holds the components of a voxel
 * together, as scalars of the header's type; it is undefined if it does not fit into memory.
 */
export async function componentVolume(
  header: Omit<Volume, "kind" | "levels" | "read">,
  data: Uint8Array | undefined,
  components: Components,
  { component, signal }: VolumeReadOptions,
): Promise<Volume> {
  const { name, dtype, littleEndian, notes = [] } = header;
  if (!data) {
    const message = `${name}: more than 1 GiB of colours or complex numbers is not read; save a smaller part.`;
    throw new VoxelVolumeError("too-large", message);
  }
  const count = COMPONENTS[components];
  if (component !== undefined) {
    if (!Number.isInteger(component) || component < 0 || component >= count) {
      const message = `Component ${component} is not there: ${name} has 0 to ${count - 1}.`;
      throw new VoxelVolumeError("invalid-option", message);
    }
    return memoryVolume({ ...header, data: componentOf(data, count, DTYPES[dtype], component) });
  }
  const values = await combined(name, data, components, dtype, littleEndian, signal);
  return memoryVolume({
    ...header,
    dtype: combinedType(dtype),
    littleEndian: true,
    data: values,
    notes: [NOTES[components], ...notes],
  });
}
