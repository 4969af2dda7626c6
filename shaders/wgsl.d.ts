/** A .wgsl file imports as its text (esbuild's text loader). */
declare module "*.wgsl" {
  const source: string;
  export default source;
}
