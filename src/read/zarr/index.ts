/** What is loaded when a folder is read: folders of all kinds, and what is in them. */
export { openZarrZip } from "../containers/zip-folder.ts";
export { sourcesFolder } from "../sources/sources-folder.ts";
export { urlFolder } from "../sources/url-folder.ts";
export { openZarr } from "./open-zarr.ts";
