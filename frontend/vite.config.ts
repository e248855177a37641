import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";
import { optimize } from "svgo";
import { defineConfig } from "vitest/config";

/** Take comments and indentation out of styles and templates: a minifier leaves literals alone. */
function slimLiterals(): Plugin {
  return {
    name: "slim-literals",
    enforce: "pre",
    transform(code, id) {
      if (id.includes("/src/styles/")) return slimStyles(code);
      return id.includes("/src/") ? code.replace(/\n\s+/g, "\n").replaceAll("\n>", ">") : null;
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

/** Say the same icons in fewer bytes: they are a tenth of what is sent. */
function slimIcons(): Plugin {
  const precise = { name: "convertPathData" as const, params: { floatPrecision: 1 } };
  const slim = (path: string): string => {
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="${path}"/></svg>`;
    return / d="([^"]+)"/.exec(optimize(svg, { plugins: [precise] }).data)?.[1] ?? path;
  };
  return {
    name: "slim-icons",
    enforce: "pre",
    transform: (code, id) =>
      id.endsWith("/src/components/icons.ts")
        ? code.replace(/"(M[^"]+)"/g, (_, path: string) => `"${slim(path)}"`)
        : null,
  };
}

const LANGUAGES = ["de", "en", "es", "fr", "it", "nl", "pl"];
const NAMES = /^(make|lock|dashboard)_(name|text|title)$/;

/** Take names of cards and dashboard from the translation files: lists show them before `hass` is there. */
function cardNames(): Plugin {
  const id = "virtual:names";
  const read = (language: string): object => {
    const file = `../custom_components/codelocks/translations/${language}.json`;
    const texts = JSON.parse(readFileSync(new URL(file, import.meta.url), "utf8")) as {
      config_panel?: { cards?: Record<string, string> };
    };
    const cards = Object.entries(texts.config_panel?.cards ?? {});
    return Object.fromEntries(cards.filter(([key]) => NAMES.test(key)));
  };
  return {
    name: "card-names",
    resolveId: (source) => (source === id ? id : null),
    load: (source) =>
      source === id
        ? `export default ${JSON.stringify(Object.fromEntries(LANGUAGES.map((one) => [one, read(one)])))}`
        : null,
  };
}

// The names have no hash: the panel's URL carries the version, and two builds give the same bytes.
export default defineConfig({
  plugins: [slimLiterals(), slimIcons(), cardNames()],
  build: {
    target: "es2022",
    outDir: fileURLToPath(new URL("../custom_components/codelocks/page/static", import.meta.url)),
    emptyOutDir: true,
    modulePreload: false,
    rollupOptions: {
      input: {
        "codelocks-panel": fileURLToPath(new URL("src/panel.ts", import.meta.url)),
        "codelocks-cards": fileURLToPath(new URL("src/cards.ts", import.meta.url)),
      },
      output: {
        entryFileNames: "[name].js",
        chunkFileNames: "codelocks-[name].js",
        // What page and cards both need is one file; nothing of it is needed by the strategy.
        codeSplitting: {
          groups: [{ name: "shared", minShareCount: 2, test: (id) => !id.includes("/src/cards/") }],
        },
      },
    },
  },
  test: { include: ["test/**/*.test.ts"] },
});
