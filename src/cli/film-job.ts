/** The film that `render` is asked for: reads the options of films and finds the format in the output's name. */

import { VoxelVolumeError } from "../errors.ts";
import { type FilmMotion, type MovingOptions, planFilm } from "../film/film-options.ts";
import { FILM_FORMATS } from "../film/formats.ts";
import type { OptionTexts } from "../options/options.ts";
import type { FilmJob } from "./job.ts";
import { SEPARATOR, type Values } from "./options.ts";
import { isFolder } from "./output-folder.ts";

/** Options that make something move. */
const MOTIONS = ["turntable", "from", "to", "frames"];
const FILM_OPTIONS = [...MOTIONS, "fps", "seconds"];
const OUTPUTS = ".mp4, .webm, .gif or .zip, or a folder, as frames/";

/**
 * The film that the options and the output's name ask for; undefined for a picture. `options` are those of the picture.
 * @throws VoxelVolumeError "invalid-option".
 */
export function filmJob(values: Values, options: OptionTexts): FilmJob | undefined {
  const output = values.output ?? "";
  const format = formatOf(output);
  const given = FILM_OPTIONS.filter((name) => values[name] !== undefined);
  if (given.length === 0 && !format) return undefined;
  if (!given.some((name) => MOTIONS.includes(name)))
    throw wrong(
      `${format ? `${output} is for a film` : `--${given[0]} is for a film`}: say what moves, as --turntable 360, --from opacity=0, or --frames all`,
    );
  if (output === "") throw wrong(`name the film to write with -o OUT.mp4: ${OUTPUTS}`);
  if (!format) throw wrong(`--${given[0]} makes a film, which ${output} cannot hold: name it ${OUTPUTS}`);
  if (values.frame !== undefined && values.frames !== undefined)
    throw wrong("--frame and --frames: which one counts?");
  const motion: FilmMotion = {
    turntable: number(values, "turntable"),
    from: assignments(values, "from"),
    to: assignments(values, "to"),
    frames: values.frames,
    fps: number(values, "fps"),
    seconds: number(values, "seconds"),
  };
  planFilm(motion, options);
  return { motion, format };
}

function formatOf(output: string): FilmJob["format"] | undefined {
  if (isFolder(output)) return "folder";
  return FILM_FORMATS.find((format) => output.toLowerCase().endsWith(`.${format}`));
}

function number(values: Values, name: "turntable" | "fps" | "seconds"): number | undefined {
  const text = values[name];
  if (text === undefined) return undefined;
  if (!/^[-+]?(\d+\.?\d*|\.\d+)$/.test(text)) throw wrong(`${name} "${text}": expected a number`);
  return Number(text);
}

/** Values of the form `opacity=0`. */
function assignments(values: Values, name: "from" | "to"): MovingOptions {
  const found: MovingOptions = {};
  for (const text of values[name]?.split(SEPARATOR) ?? []) {
    const [, option, value] = /^ *([a-z]+) *=(.*)$/.exec(text) ?? [];
    if (option === undefined)
      throw wrong(`${name} "${text}": expected an option and its value, as opacity=0`);
    if (Object.hasOwn(found, option)) throw wrong(`--${name} ${option} is given twice: which one counts?`);
    Object.assign(found, { [option]: value });
  }
  return found;
}

function wrong(message: string): VoxelVolumeError {
  return new VoxelVolumeError("invalid-option", message);
}
