/** What a compressed frame says of itself, looked at before a decoder believes it. */

export interface CodestreamInfo {
  readonly columns: number;
  readonly rows: number;
  readonly components: number;
  /** Bits of a sample. */
  readonly precision: number;
  /** Of JPEG 2000: whether samples are signed, and how many tiles there are. */
  readonly isSigned: boolean;
  readonly tiles: number;
}

/** Of a JPEG image (ITU-T T.81, section B.2.2) or a JPEG 2000 codestream (T.800, A.5.1); undefined for anything else. */
export function codestreamInfo(bytes: Uint8Array): CodestreamInfo | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return view.getUint16(0) === 0xff4f ? jpeg2000Info(view) : jpegInfo(view);
  } catch {
    return undefined;
  }
}

function jpegInfo(view: DataView): CodestreamInfo | undefined {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    while (view.getUint16(at) === 0xffff) at++;
    const marker = view.getUint16(at);
    if (marker < 0xffc0 || marker === 0xffda) return undefined;
    const isFrame = marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (!isFrame) continue;
    const [rows, columns] = [view.getUint16(at + 5), view.getUint16(at + 7)];
    const [precision, components] = [view.getUint8(at + 4), view.getUint8(at + 9)];
    return { rows, columns, components, precision, isSigned: false, tiles: 1 };
  }
}

function jpeg2000Info(view: DataView): CodestreamInfo | undefined {
  if (view.getUint16(2) !== 0xff51) return undefined;
  const [right, bottom, left, top, tileWidth, tileHeight, tileLeft, tileTop] = Array.from(
    { length: 8 },
    (_, i) => view.getUint32(8 + 4 * i),
  );
  const tiles = Math.ceil((right - tileLeft) / tileWidth) * Math.ceil((bottom - tileTop) / tileHeight);
  const depth = view.getUint8(42);
  return {
    ...{ rows: bottom - top, columns: right - left, tiles },
    components: view.getUint16(40),
    precision: (depth & 0x7f) + 1,
    isSigned: depth >= 0x80,
  };
}
