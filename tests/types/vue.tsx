/** @jsxImportSource vue */
/** What Vue accepts and rejects for <voxel-volume>, in JSX and in templates. */

import type {} from "voxel-volume/vue";
import type { GlobalComponents } from "vue";

export const page = (
  <voxel-volume
    class="wide"
    src="brain.nii.gz"
    view="cut"
    gamma="0.5"
    opacity={0.5}
    controls
    axes
    auto-rotate
    onLoad={({ detail }) => detail.dims.join()}
    onCameraChange={({ detail }) => detail.azimuth + detail.zoom}
  >
    <p>The volume cannot be shown here.</p>
  </voxel-volume>
);

export const wrong = [
  // @ts-expect-error
  <voxel-volume view="side" />,
  // @ts-expect-error
  <voxel-volume gamma="bright" />,
  // @ts-expect-error
  <voxel-volume onCameraChange={({ detail }) => detail.name} />,
];

/** The props that a template's compiler looks up for the tag. */
type Props = InstanceType<GlobalComponents["voxel-volume"]>["$props"];

export const props: Props = {
  class: "wide",
  view: "cut",
  autoRotate: true,
  "onCamera-change": ({ detail }) => detail.azimuth + detail.zoom,
};
// @ts-expect-error
export const wrongProps: Props = { view: "side" };
// @ts-expect-error
export const unknownProps: Props = { colourmap: "magma" };
