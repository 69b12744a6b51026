// Builds the scripts of the site into dist/assets: classic scripts, which also run from file://, one by one, and the
// module scripts of the pages that need a web server together.
import { rename, rm } from "node:fs/promises";
import { build } from "vite";
import { outlinePlugin } from "./outline.mjs";

const CLASSIC = ["theme", "search", "atlas", "correct"];
const MODULES = ["ask", "question", "explore"];
/** Takes the place of dist when it is whole. */
const staged = "node_modules/.dist";

const entry = (name) => `src/${name}/main.ts`;
const shared = {
  configFile: false,
  publicDir: false,
  logLevel: "error",
  base: "./",
  plugins: [outlinePlugin()],
  // Its own entry for Node brings a parser that no page needs.
  resolve: { alias: { "graphology-gexf": "graphology-gexf/browser" } },
};
const common = { outDir: `${staged}/assets`, emptyOutDir: false, target: "es2022", copyPublicDir: false, assetsInlineLimit: 0 };

await rm(staged, { recursive: true, force: true });
for (const name of CLASSIC) {
  await build({
    ...shared,
    build: {
      ...common,
      rollupOptions: { input: entry(name), output: { format: "iife", entryFileNames: `${name}.js` } },
    },
  });
}
await build({
  ...shared,
  worker: {
    format: "es",
    rollupOptions: { output: { entryFileNames: "[name].js", assetFileNames: "[name][extname]" } },
  },
  build: {
    ...common,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: Object.fromEntries(MODULES.map((name) => [name, entry(name)])),
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
});
await rm("dist", { recursive: true, force: true });
await rename(staged, "dist");
