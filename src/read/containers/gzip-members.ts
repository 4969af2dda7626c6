/**
 * Members of a gzip file (RFC 1952, section 2.2), inflated by pako one after the other, because browsers take
 * everything after the first member for junk. BGZF (htslib) and the output of parallel compressors have many members.
 */
import { Inflate } from "pako";
import { crc32 } from "../../crc32.ts";
import type { ByteStream } from "../util/byte-file.ts";
import { isGzip } from "./magic.ts";

type Bytes = Uint8Array<ArrayBuffer>;

/** Size in bytes of a header without its optional fields, and of the trailer: CRC-32 and size. */
const HEADER = 10;
const TRAILER = 8;
/** Flag bits of the optional header fields. */
const FLAGS = { headerCrc: 2, extra: 4, name: 8, comment: 16, reserved: 0xe0 } as const;
/** Bytes passed to pako at a time, because it outputs everything that they inflate to at once. */
const SLICE = 1 << 12;

/** pako's inflater with what its types lack: the number of unused input bytes, and whether the data ended. */
type Inflater = Inflate & { readonly strm: { readonly avail_in: number }; readonly ended: boolean };

/**
 * Inflates the members of `packed`. `onJunk` is called if anything but zeros (the padding of a tape) follows them.
 * Throws an Error for a member that is damaged or cut off.
 */
export async function* gunzipMembers(packed: ByteStream, onJunk: () => void): AsyncGenerator<Bytes> {
  const input = new Input(packed);
  try {
    do {
      await skipHeader(input);
      yield* inflateMember(input);
    } while (await findMember(input, onJunk));
  } finally {
    input.cancel();
  }
}

/** Moves to the next member; false at the end of the last one. */
async function findMember(input: Input, onJunk: () => void): Promise<boolean> {
  await input.skipZeros();
  const magic = await input.peek(3);
  if (isGzip(magic)) return true;
  if (magic.length > 0) onJunk();
  return false;
}

async function skipHeader(input: Input): Promise<void> {
  const header = await input.take(HEADER);
  if (!isGzip(header)) throw new Error("no gzip header");
  const flags = header[3];
  if (flags & FLAGS.reserved) throw new Error("a gzip header with unknown flags");
  if (flags & FLAGS.extra) {
    const [low, high] = await input.take(2);
    await input.take(low | (high << 8));
  }
  if (flags & FLAGS.name) await input.skipText();
  if (flags & FLAGS.comment) await input.skipText();
  if (flags & FLAGS.headerCrc) await input.take(2);
}

async function* inflateMember(input: Input): AsyncGenerator<Bytes> {
  const inflater = new Inflate({ raw: true }) as Inflater;
  const inflated: Bytes[] = [];
  inflater.onData = (chunk) => inflated.push(chunk as Bytes);
  let [crc, size] = [0, 0];
  while (!inflater.ended) {
    const slice = await input.some(SLICE);
    const isRight = inflater.push(slice);
    if (!isRight) throw new Error(inflater.msg || "the data are damaged");
    input.giveBack(inflater.strm.avail_in);
    for (const chunk of inflated.splice(0)) {
      crc = crc32(chunk, crc);
      size += chunk.length;
      yield chunk;
    }
  }
  const trailer = await input.take(TRAILER);
  const view = new DataView(trailer.buffer, trailer.byteOffset, TRAILER);
  if (view.getUint32(0, true) !== crc) throw new Error("the checksum is wrong");
  if (view.getUint32(4, true) !== size % 2 ** 32) throw new Error("the size is wrong");
}

/** Longest name or comment, in bytes; those in files are short. */
const LONGEST_TEXT = 1 << 16;

/** Reads the bytes of a stream in portions of any length. */
class Input {
  readonly #reader: ReadableStreamDefaultReader<Bytes>;
  #chunk: Bytes = new Uint8Array(0);
  /** Position in the current chunk. */
  #at = 0;

  constructor(stream: ByteStream) {
    this.#reader = stream.getReader();
  }

  /** The next bytes, at least one and at most `most`. Throws at the end of the file. */
  async some(most: number): Promise<Bytes> {
    if (!(await this.#fill())) throw new Error("the file is cut off");
    const part = this.#chunk.subarray(this.#at, this.#at + most);
    this.#at += part.length;
    return part;
  }

  /** Returns the last bytes of `some` to the input. */
  giveBack(length: number): void {
    this.#at -= length;
  }

  /** The next `length` bytes. Throws if there are fewer. */
  async take(length: number): Promise<Bytes> {
    const bytes = new Uint8Array(length);
    for (let at = 0; at < length; ) {
      const part = await this.some(length - at);
      bytes.set(part, at);
      at += part.length;
    }
    return bytes;
  }

  /** The next `length` bytes or what is left, without consuming them. */
  async peek(length: number): Promise<Bytes> {
    while (this.#chunk.length - this.#at < length) {
      const { done, value } = await this.#reader.read();
      if (done) break;
      const rest = this.#chunk.subarray(this.#at);
      const joined = new Uint8Array(rest.length + value.length);
      joined.set(rest);
      joined.set(value, rest.length);
      [this.#chunk, this.#at] = [joined, 0];
    }
    return this.#chunk.subarray(this.#at, this.#at + length);
  }

  async skipZeros(): Promise<void> {
    while (await this.#fill()) {
      while (this.#chunk[this.#at] === 0) this.#at++;
      if (this.#at < this.#chunk.length) return;
    }
  }

  /** Skips a zero-terminated text. Throws if it has no end. */
  async skipText(): Promise<void> {
    for (let left = LONGEST_TEXT; left > 0; left--) {
      if (this.#at === this.#chunk.length && !(await this.#fill())) break;
      if (this.#chunk[this.#at++] === 0) return;
    }
    throw new Error("a name in its header has no end");
  }

  cancel(): void {
    this.#reader.cancel().catch(() => {});
  }

  /** Loads the next chunk if needed; false at the end of the stream. */
  async #fill(): Promise<boolean> {
    while (this.#at === this.#chunk.length) {
      const { done, value } = await this.#reader.read();
      if (done) return false;
      [this.#chunk, this.#at] = [value, 0];
    }
    return true;
  }
}
