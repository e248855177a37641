import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Take comments and indentation out of styles and templates: a minifier leaves literals alone. */
function slimLiterals(): Plugin {
  return {
    name: "slim-literals",
    enforce: "pre",
    transform(code, id) {
      if (id.includes("/src/styles/")) return slimStyles(code);
      return id.includes("/src/") ? code.replace(/\n\s+/g, "\n") : null;
    },
  };
}

const slimStyles = (code: string): string =>
  code.replace(/css`([^`]*)`/g, (_, style: string) => {
    const tight = style
      .replace(/\s+/g, " ")
      .replace(/ ?([{};,]) ?/g, "$1")
      .replace(/: /g, ":")
      .replaceAll(";}", "}");
    return `css\`${tight.trim()}\``;
  });

// The names have no hash: the panel's URL carries the version, and two builds give the same bytes.
export default defineConfig({
  plugins: [slimLiterals()],
  build: {
    target: "es2022",
    outDir: fileURLToPath(new URL("../custom_components/codelocks/page/static", import.meta.url)),
    emptyOutDir: true,
    modulePreload: false,
    rollupOptions: {
      input: { "codelocks-panel": fileURLToPath(new URL("src/panel.ts", import.meta.url)) },
      output: { entryFileNames: "[name].js", chunkFileNames: "codelocks-[name].js" },
    },
  },
  test: { include: ["test/**/*.test.ts"] },
});
