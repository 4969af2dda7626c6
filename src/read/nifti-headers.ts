/** What of nifti-reader-js is used, so that a bundler can leave out the rest. Loaded when there is a header to read. */
export { NIFTI1, NIFTI2 } from "nifti-reader-js";
