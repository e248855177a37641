/** Puts the built panel into a page with a fake `hass`: see README for its address. */
import type { Hass, Route } from "../src/api/ha";
import { ROOT } from "../src/state/router";
import { showDashboard } from "./dashboard";
import { NOW } from "./fixtures";
import { FakeServer, type Tree } from "./hass";

const query = new URLSearchParams(location.search);
const language = query.get("lang") ?? "en";

// The clock of the design runs on from its moment.
const started = performance.now();
const RealDate = Date;
class FixedDate extends RealDate {
  constructor(...args: [] | [number | string]) {
    if (args.length) super(...args);
    else super(FixedDate.now());
  }
  static override now(): number {
    return NOW + performance.now() - started;
  }
}
globalThis.Date = FixedDate as DateConstructor;

if (query.get("theme")) document.documentElement.dataset.theme = query.get("theme") ?? "";
document.documentElement.lang = language;
document.documentElement.dir = query.get("dir") ?? "ltr";

interface Panel extends HTMLElement {
  hass: Hass;
  narrow: boolean;
  route: Route;
}

const path = (): string => (location.pathname.startsWith(ROOT) ? location.pathname.slice(ROOT.length) : "/doors");

/** As Home Assistant does: English where a language lacks a sentence. */
async function texts(): Promise<Tree> {
  const read = async (name: string): Promise<Tree> => {
    const answer = await fetch(`/translations/${name}.json`);
    return ((await answer.json()) as { config_panel?: Tree }).config_panel ?? {};
  };
  return merge(await read("en"), await read(language));
}

function merge(under: Tree, over: Tree): Tree {
  const merged = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key];
    merged[key] =
      typeof value === "object" && typeof below === "object" ? merge(below, value) : value;
  }
  return merged;
}

async function start(): Promise<void> {
  const server = new FakeServer(query.get("state") ?? "", await texts(), language);
  const load = (name: string): Promise<unknown> =>
    import(/* @vite-ignore */ `${location.origin}/static/${name}.js`);
  if (location.pathname.startsWith("/cards")) {
    await load("codelocks-cards");
    await customElements.whenDefined("codelocks-make-code-card");
    const root = document.querySelector("#panel");
    if (root) showDashboard(root, server.hass());
    Object.assign(window, { server });
    return;
  }
  await load("codelocks-panel");
  const panel = document.createElement("codelocks-panel") as Panel;
  const give = (): void => {
    panel.narrow = innerWidth < 1000;
    panel.route = { prefix: ROOT, path: path() };
  };
  panel.hass = server.hass();
  give();
  addEventListener("resize", give);
  addEventListener("popstate", give);
  addEventListener("location-changed", give);
  document.querySelector("#panel")?.append(panel);
  Object.assign(window, { server, panel });
  if (query.get("state") === "offline") setTimeout(() => server.lose(), 300);
}

void start();
