/** VolumeFile: a source whose volumes and frames can be read one after the other, without reading anything twice. */
import { fetched, VoxelVolumeError } from "../errors.ts";
import type { Volume } from "../volume.ts";
import { chooseEntry } from "./choose-entry.ts";
import type { EntryInfo } from "./formats/format.ts";
import { headersBeside } from "./formats/hdr-img-pair.ts";
import { openFile } from "./open-file.ts";
import { firstExisting } from "./sources/first-existing.ts";
import type { ReadOptions, Source } from "./sources/source.ts";
import { type FetchOptions, fetchOptions, SourceFiles } from "./sources/source-files.ts";
import { KEPT_BYTES } from "./util/memory.ts";
import { type Found, type FoundVolume, isReadable } from "./volume-reader.ts";

export interface ReadVolumeOptions extends ReadOptions {
  /**
   * Path of a volume inside the archive, or a unique end of it; for a pair, .hdr or .img. By default the largest
   * volume.
   */
  readonly entry?: string;
  /** Index of a frame of a 4-D volume, counted from 0 (the default). */
  readonly frame?: number;
  /** Component of colours or complex numbers to read, counted from 0; by default, luminance or magnitude. */
  readonly component?: number;
  /** Index of a channel of an image with several, counted from 0 (the default). */
  readonly channel?: number;
}

export interface VolumeFileOptions {
  /** Most bytes of frames that are kept, and of downloads as many again; 512 MiB by default. */
  readonly budget?: number;
  /**
   * Most bytes of a frame that are read at once; 1 GiB by default. A larger frame is read in parts if the file allows
   * that.
   */
  readonly mostInMemory?: number;
}

/**
 * A source that caches what has been read, for the frames of a 4-D volume and the entries of an archive.
 *
 * It keeps the headers, the downloads, and the frames of the entry that was read last. For compressed and interleaved
 * files, the second request for a frame reads all frames, so that further frames need neither a request nor an
 * inflation. For plain files on a server that supports range requests, each frame is fetched when first requested. What
 * exceeds the budget is not kept but read again. The bytes that `Volume.read` returns may be a view of the cache: they
 * must not be changed.
 */
export class VolumeFile {
  readonly #source: Source;
  readonly #budget: number;
  readonly #mostInMemory: number | undefined;
  readonly #files: SourceFiles;
  /** Settles with the last read. Reads are sequential, because each uses the cache of those before. */
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
   * or fails does not affect what earlier reads have cached.
   *
   * Rejects with a VoxelVolumeError: `network`, `unsupported-format`, `corrupt-file`, `entry-not-found` (also for a
   * header without its image), `too-large`, `invalid-option` (the frame); if aborted, with the signal's reason.
   */
  read(options: ReadVolumeOptions = {}): Promise<{ volume: Volume; entries: EntryInfo[] }> {
    const { signal } = options;
    const reading = this.#turn.then(() => this.#read(options));
    this.#turn = reading.catch(() => {});
    return signal ? untilAborted(reading, signal) : reading;
  }

  async #read({ signal, onProgress, entry, frame = 0, component, channel }: ReadVolumeOptions) {
    signal?.throwIfAborted();
    /** Aborted at the end of the read too, to cancel downloads of which only a part was needed. */
    const over = new AbortController();
    const abort = () => over.abort(signal?.reason);
    signal?.addEventListener("abort", abort);
    const options: ReadOptions = { signal: over.signal, onProgress };
    this.#fetchOptions = fetchOptions(options);
    try {
      this.#found ??= await this.#open(over.signal);
      const chosen = await chooseEntry(this.#found, this.#source.name, entry);
      const limits = { budget: this.#budget, mostInMemory: this.#mostInMemory };
      const volume = await chosen.read(frame, { ...options, ...limits, component, channel });
      if (chosen !== this.#kept) this.#kept?.forget();
      this.#kept = chosen;
      if (chosen.isComplete()) this.#forgetFiles();
      return { volume, entries: this.#found.filter(isReadable).map(({ info }) => info) };
    } finally {
      this.#files.forgetExcess();
      // A large volume continues to read from its file.
      this.#fetchOptions = fetchOptions({});
      signal?.removeEventListener("abort", abort);
      over.abort();
    }
  }

  /** Drops the downloads of the last entry if all its frames are kept. */
  #forgetFiles(): void {
    if (this.#found?.length === 1) this.#files.forget();
    else this.#files.forgetVoxels();
  }

  /** Opens a folder, or an .img through its .hdr, if there is one: the .img alone has no dimensions. */
  async #open(signal: AbortSignal): Promise<Found[]> {
    const source = this.#source;
    if (source.folder)
      return (await fetched(import("./zarr/index.ts"))).openZarr(await source.folder(), source.name, signal);
    const file = this.#files.file(source);
    let failure: unknown;
    try {
      const found = await firstExisting(headersBeside(file), (header) => openFile(header, signal));
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

/** Settles like the promise, but rejects as soon as the signal is aborted. */
function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
