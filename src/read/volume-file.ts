/** VolumeFile: a source whose volumes and frames are read one after the other, nothing twice. */
import { VoxelVolumeError } from "../errors.ts";
import type { Volume } from "../volume.ts";
import { chooseEntry } from "./choose-entry.ts";
import type { EntryInfo } from "./formats/format.ts";
import { headersBeside } from "./formats/hdr-img-pair.ts";
import { openFile } from "./open-file.ts";
import { firstThere } from "./sources/first-there.ts";
import type { ReadOptions, Source } from "./sources/source.ts";
import { type FetchOptions, fetchOptions, SourceFiles } from "./sources/source-files.ts";
import { KEPT_BYTES } from "./util/memory.ts";
import { type Found, type FoundVolume, isReadable } from "./volume-reader.ts";

export interface ReadVolumeOptions extends ReadOptions {
  /** Path of a volume inside the archive, or a unique end of it; of a pair, .hdr or .img. The largest by default. */
  readonly entry?: string;
  /** Which frame of a 4-D volume, counted from 0 (the default). */
  readonly frame?: number;
  /** The component of colours or complex numbers to read, counted from 0; by default their luminance or magnitude. */
  readonly component?: number;
}

export interface VolumeFileOptions {
  /** The most bytes of frames that are kept, and of downloads as many again; 512 MiB by default. */
  readonly budget?: number;
  /** The most bytes of a frame that are read at once; of a larger one, parts where the file allows that. 1 GiB by default. */
  readonly mostInMemory?: number;
}

/**
 * A source that remembers what was read of it, for the frames of a 4-D volume and the entries of an archive.
 *
 * Kept are the headers, what was downloaded, and the frames of the entry last read. Of compressed and interleaved files,
 * the second frame asked for reads all of them, so that the others cost neither a request nor an inflation; of plain files on
 * a server that answers range requests, each frame is fetched when first asked for. What exceeds the budget is not kept
 * but read again. What `Volume.read` gives may be a view of what is kept: it must not be changed.
 */
export class VolumeFile {
  readonly #source: Source;
  readonly #budget: number;
  readonly #mostInMemory: number | undefined;
  readonly #files: SourceFiles;
  /** Settles with the last read: they take turns, since each leaves something to the next. */
  #turn: Promise<unknown> = Promise.resolve();
  #fetchOptions: FetchOptions = fetchOptions({});
  #found: readonly Found[] | undefined;
  #kept: FoundVolume | undefined;

  /** File name with extension. */
  get name(): string {
    return this.#source.name;
  }

  constructor(source: Source, { budget = KEPT_BYTES, mostInMemory }: VolumeFileOptions = {}) {
    this.#mostInMemory = mostInMemory;
    this.#source = source;
    this.#budget = budget;
    this.#files = new SourceFiles((last) => this.#fetchOptions(last), budget);
  }

  /**
   * Reads one volume; `entries` describes every volume in the source that has a readable header. A read that is aborted
   * or fails leaves what earlier ones have read.
   *
   * Rejects with a VoxelVolumeError: `network`, `unsupported-format`, `corrupt-file`, `entry-not-found` (also
   * for a header without its image), `too-large`, `invalid-option` (the frame); aborted, with the signal's reason.
   */
  read(options: ReadVolumeOptions = {}): Promise<{ volume: Volume; entries: EntryInfo[] }> {
    const { signal } = options;
    const reading = this.#turn.then(() => this.#read(options));
    this.#turn = reading.catch(() => {});
    return signal ? untilAborted(reading, signal) : reading;
  }

  async #read({ signal, onProgress, entry, frame = 0, component }: ReadVolumeOptions) {
    signal?.throwIfAborted();
    /** Aborted when the read is over, too: an answer that is not read to its end must not go on coming. */
    const over = new AbortController();
    const abort = () => over.abort(signal?.reason);
    signal?.addEventListener("abort", abort);
    const options: ReadOptions = { signal: over.signal, onProgress };
    this.#fetchOptions = fetchOptions(options);
    try {
      this.#found ??= await this.#open(over.signal);
      const chosen = await chooseEntry(this.#found, this.#source.name, entry);
      const limits = { budget: this.#budget, mostInMemory: this.#mostInMemory };
      const volume = await chosen.read(frame, { ...options, ...limits, component });
      if (chosen !== this.#kept) this.#kept?.forget();
      this.#kept = chosen;
      if (chosen.isComplete()) this.#forgetFiles();
      return { volume, entries: this.#found.filter(isReadable).map(({ info }) => info) };
    } finally {
      this.#files.forgetExcess();
      // A large volume goes on reading from its file.
      this.#fetchOptions = fetchOptions({});
      signal?.removeEventListener("abort", abort);
      over.abort();
    }
  }

  /** Drops what was downloaded for the entry last read, when every frame is kept. */
  #forgetFiles(): void {
    if (this.#found?.length === 1) this.#files.forget();
    else this.#files.forgetVoxels();
  }

  /** Opens an .img through its .hdr, where there is one: alone, it has no dimensions. */
  async #open(signal: AbortSignal): Promise<Found[]> {
    const file = this.#files.file(this.#source);
    let failure: unknown;
    try {
      const found = await firstThere(headersBeside(file), (header) => openFile(header, signal));
      if (found) return found;
    } catch (error) {
      if (!(error instanceof VoxelVolumeError && error.code === "network")) throw error;
      failure = error;
    }
    try {
      return await openFile(file, signal);
    } catch (error) {
      const isAlone = error instanceof VoxelVolumeError && error.code === "entry-not-found";
      throw isAlone && failure ? failure : error;
    }
  }
}

/** Settles as the promise does, but rejects as soon as the signal is aborted. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
