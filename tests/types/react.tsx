/** What React's JSX accepts and rejects for <voxel-volume>. */

import { useRef } from "react";
import type { VoxelVolumeElement } from "voxel-volume";
import type {} from "voxel-volume/react";

export function Page() {
  const viewer = useRef<VoxelVolumeElement>(null);
  return (
    <voxel-volume
      ref={viewer}
      className="wide"
      style={{ width: 600 }}
      src="brain.nii.gz"
      view="cut"
      gamma="0.5"
      opacity={0.5}
      controls
      axes
      auto-rotate
      auto-rotate-delay={500}
      autoRotateDelay={500}
      onload={({ detail }) => detail.dims.join()}
      onerror={({ message }) => message.trim()}
      oncamera-change={({ detail }) => detail.azimuth + detail.zoom}
    >
      <img slot="poster" src="brain.png" alt="" />
    </voxel-volume>
  );
}

export const wrong = [
  // @ts-expect-error
  <voxel-volume key={0} view="side" />,
  // @ts-expect-error
  <voxel-volume key={1} gamma="bright" />,
  // @ts-expect-error
  <voxel-volume key={2} colourmap="magma" />,
  // @ts-expect-error
  <voxel-volume key={3} auto-rotate="yes" />,
  // @ts-expect-error
  <voxel-volume key={4} oncamera-change={({ detail }) => detail.name} />,
];
