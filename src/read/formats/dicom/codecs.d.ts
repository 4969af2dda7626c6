/** Types of decoders that have none. */

declare module "daikon/lib/jpeg-baseline.js" {
  class JpegImage {
    /** Whether three components are luminance and colour differences, if the file does not specify it. */
    colorTransform: boolean;
    readonly width: number;
    readonly height: number;
    parse(bytes: Uint8Array): void;
    /** Samples scaled to 8 bits. */
    getData(width: number, height: number): Uint8Array;
    /** Samples of one component, unscaled. */
    getData16(width: number, height: number): Uint16Array;
  }
  const library: { JpegImage: typeof JpegImage };
  export default library;
}

declare module "jpeg-lossless-decoder-js" {
  class Decoder {
    /** The neighbours of the next sample to decode, and the value that predictor 7 computes from them. */
    getPreviousX(component?: number): number;
    getPreviousY(component?: number): number;
    select7: (component?: number) => number;
    decode(
      buffer: ArrayBuffer,
      offset: number,
      length: number,
      bytesPerSample?: number,
    ): Uint8Array | Uint16Array;
  }
  const library: { lossless: { Decoder: typeof Decoder } };
  export default library;
}
