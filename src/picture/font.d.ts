/** A font file imports as its base64 text, reduced to the characters of figures: see the plugin `font` in build.mjs. */
declare module "*.woff2" {
  const base64: string;
  export default base64;
}
