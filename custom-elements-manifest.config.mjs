/** What custom-elements.json is made from: the element's sources, with the options of the picture from their table. */

import * as esbuild from "esbuild";

const PUBLISHED = "dist/index.js";

const { outputFiles } = await esbuild.build({
  stdin: {
    contents: 'export { OPTIONS } from "./options.ts"; export { OPTION_DOCS } from "./option-docs.ts";',
    resolveDir: "src/options",
  },
  bundle: true,
  format: "esm",
  write: false,
});
const { OPTIONS, OPTION_DOCS } = await import(`data:text/javascript;base64,${btoa(outputFiles[0].text)}`);

/** The options, which the element declares in a loop, as attributes, with what the table says of them. */
function fromTable() {
  return {
    name: "options-from-table",
    packageLinkPhase({ customElementsManifest }) {
      const element = elementOf(customElementsManifest);
      for (const [name, { default: fallback }] of Object.entries(OPTIONS)) {
        const description = OPTION_DOCS[name];
        const member = element.members.find((member) => member.name === name);
        const literal = member.type.text.startsWith("number") ? fallback : JSON.stringify(fallback);
        const told = { description, ...(fallback && { default: literal }) };
        Object.assign(member, { attribute: name, privacy: "public" }, told);
        element.attributes.push({ name, type: member.type, ...told, fieldName: name });
      }
    },
  };
}

/** Leaves out what is the element's own affair, and says where in the package it is. */
function publicOnly() {
  return {
    name: "public-only",
    packageLinkPhase({ customElementsManifest }) {
      const element = elementOf(customElementsManifest);
      const isPublic = ({ name, privacy }) => /^[^_#]/.test(name) && privacy !== "private";
      element.members = element.members.filter(isPublic);
      element.attributes = element.attributes.filter(({ fieldName }) => /^[^_]/.test(fieldName));
      // Of those that are dispatched under the name of a variable nothing is known.
      element.events = element.events.filter(({ description }) => description);
      const declaration = { name: element.name, module: PUBLISHED };
      customElementsManifest.modules = [
        {
          kind: "javascript-module",
          path: PUBLISHED,
          declarations: [element],
          exports: [
            { kind: "js", name: element.name, declaration },
            { kind: "custom-element-definition", name: element.tagName, declaration },
          ],
        },
      ];
    },
  };
}

function elementOf({ modules }) {
  return modules.flatMap(({ declarations }) => declarations).find(({ tagName }) => tagName);
}

export default {
  globs: ["src/element/properties.ts", "src/element/voxel-volume.ts"],
  litelement: true,
  // It knows already.
  packagejson: false,
  plugins: [fromTable(), publicOnly()],
};
