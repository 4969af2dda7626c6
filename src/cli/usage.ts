/** The text of `--help`. */

import { FPS } from "../film/film-options.ts";
import { SECONDS } from "../film/timeline.ts";
import { COLORMAPS } from "../options/colormaps.ts";
import { OPTION_DOCS } from "../options/option-docs.ts";
import { OPTION_NAMES, OPTIONS } from "../options/options.ts";
import { MAX_BYTES, TIMEOUT_SECONDS } from "./download.ts";
import { STAGES } from "./job.ts";

/** The commands and options, as lines of text. */
export function usage(version: string): string {
  return `voxel-volume ${version}: see a 3-D array as semi-transparent voxels

  voxel-volume render INPUT -o OUT.png    draw a picture, also .jpg, .webp, .svg or .pdf
  voxel-volume render INPUT --turntable 360 -o OUT.mp4
                                          make a film, also .webm, .gif, .zip or a folder of PNGs
  voxel-volume export INPUT -o OUT.npy --stage ${STAGES.join("|")}
  voxel-volume page INPUT -o OUT.html     make a web page that shows it live, also .zip or FOLDER/
  voxel-volume info INPUT                 list the volumes in a file
  voxel-volume view INPUT                 open it in a browser, to turn it
  voxel-volume setup                      install what drives the browser, and a browser if there is none

INPUT is a path or URL of a volume: NIfTI, Analyze, NumPy, NRRD, MetaImage, MGH, TIFF or DICOM, gzipped or in a zip;
an OME-Zarr, of which only what is needed is read; or a folder, as of the slices of a DICOM series.

  -o, --output FILE   what to write; - for standard output
  --size 1200x1200    of the picture, in pixels; or as printed: 12cm, 18x6cm, 7in
  --dpi 300           pixels per inch, which the file states
  --views full,cut    several views in a row: full, cut, diagonal, front, back, left, right, top, bottom
  --letters a         letters of the views, from this one
  --title TEXT        above the picture, or below that of a page
  --samples 16        a pixel, on a square grid: smooth edges (1)
  --background white  any CSS colour, or transparent
  --turntable 360     film: degrees by which the camera turns
  --from opacity=0    film: an option in the first frame; may be repeated
  --to opacity=1      film: an option in the last frame; may be repeated
  --frames all        film: plays the frames of a 4-D volume, or some, as 0-9
  --fps 30            film: frames a second (${FPS})
  --seconds N         film: its length (${SECONDS}, or longer, so that each frame of the file is seen)
  --stats FILE.json   write counts, statistics and times
  --entry PATH        volume inside a zip (the largest)
  --frame N           frame of a 4-D volume (0)
  --channel N         channel of an OME-Zarr (0)
  --labels FILE       names and colours of labels: a table of FreeSurfer, ITK-SNAP or 3D Slicer, CSV, TSV or JSON
  --alt TEXT          page: what the picture shows, for those who cannot see it
  --controls          page: with the panel
  --max-inline SIZE   page: of the volume in one .html file, at most (50MB)
  --json              info: as JSON
  --port N            view: of the local server (any)
  --gpu-memory SIZE   of a large volume, the most GPU memory that is used, as 256MiB (as the GPU suggests)
  --browser PATH      Chrome or Chromium to use (also $VOXEL_VOLUME_BROWSER), or the address of a running one's DevTools
  --refresh           download a URL anew, even if it has not changed
  --max-download SIZE of a URL, the most that is fetched, as 500MB or 10GB (${MAX_BYTES / 1e9}GB)
  --timeout SECONDS   of a URL, how long the server may send nothing; of a large volume, how long a picture waits for
                      its parts (${TIMEOUT_SECONDS})
  --help, --version

Options of the picture, as the attributes of <voxel-volume>:

${OPTION_NAMES.map((name) => `  --${name.padEnd(14)} ${OPTION_DOCS[name].replaceAll("`", "")}${shownDefault(OPTIONS[name].default)}`).join("\n")}

Colour maps:

${COLORMAPS.join(", ").replace(/(.{1,96})(?: |$)/g, "  $1\n")}`;
}

function shownDefault(text: string): string {
  return text === "" || text === "false" ? "" : ` (${text})`;
}
