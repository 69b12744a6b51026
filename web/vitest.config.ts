import { defineConfig } from "vitest/config";
// @ts-expect-error: plain JavaScript, shared with the build.
import { outlinePlugin } from "./outline.mjs";

export default defineConfig({ plugins: [outlinePlugin()] });
