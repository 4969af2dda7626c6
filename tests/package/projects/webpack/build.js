/** Builds main.js with webpack into the folder dist. */

import webpack from "webpack";

const options = {
  mode: "production",
  entry: "./main.js",
  output: { path: new URL("dist", import.meta.url).pathname, filename: "main.js", publicPath: "auto" },
  performance: { hints: false },
};
webpack(options, (error, stats) => {
  const failed =
    error ?? (stats.hasErrors() || stats.hasWarnings() ? stats.toString("errors-warnings") : undefined);
  if (failed) throw failed;
});
