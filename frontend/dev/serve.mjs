/** Serves the harness with the built panel on this machine only. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { build } from "vite";

const here = new URL(".", import.meta.url);
const component = new URL("../../custom_components/codelocks/", here);
const port = Number(process.argv[2] ?? 8765);
const TYPES = { js: "text/javascript", css: "text/css", json: "application/json", html: "text/html" };

const { output } = (
  await build({
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      target: "es2022",
      lib: { entry: new URL("harness.ts", here).pathname, formats: ["es"], fileName: "harness" },
    },
  })
)[0];

async function answer(path) {
  if (path === "/harness.js") return output[0].code;
  if (path === "/axe.js") return readFile(new URL("../node_modules/axe-core/axe.min.js", here));
  if (path === "/harness.css") return readFile(new URL("harness.css", here));
  const asset = /^\/(static|translations)\/([\w.-]+)$/.exec(path);
  if (!asset) return readFile(new URL("index.html", here));
  const folder = asset[1] === "static" ? "page/static/" : "translations/";
  return readFile(new URL(folder + asset[2], component));
}

createServer(async (request, response) => {
  const { pathname } = new URL(request.url, "http://localhost");
  const type = TYPES[pathname.split(".").at(-1)] ?? TYPES.html;
  try {
    const body = await answer(pathname);
    response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}).listen(port, "127.0.0.1", () => console.log(`http://localhost:${port}/codelocks/doors`));
