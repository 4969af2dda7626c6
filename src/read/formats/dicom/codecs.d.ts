/** Decoders that come without types. */

declare module "daikon/lib/jpeg-baseline.js" {
  class JpegImage {
    /** Whether three components are luminance and colour differences, where the file itself does not say. */
    colorTransform: boolean;
    readonly width: number;
    readonly height: number;
    parse(bytes: Uint8Array): void;
    /** 8 bits a sample, however many the file has. */
    getData(width: number, height: number): Uint8Array;
    /** Samples as they are, of one component. */
    getData16(width: number, height: number): Uint16Array;
  }
  const library: { JpegImage: typeof JpegImage };
  export default library;
}

declare module "jpeg-lossless-decoder-js" {
  class Decoder {
    /** The neighbours of the sample that is decoded next, and what the seventh predictor makes of them. */
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
