/** Which view an address shows: `/codelocks/<view>[/<id>]`. Pure. */
import { html, type TemplateResult } from "lit";
import type { IconName } from "../components/icons";
import type { Words } from "../format/words";
import type { App } from "./app";

export const ROOT = "/codelocks";

export interface View {
  /** The first part of the path, and the slug of its name: `config_panel.tabs.<slug>`. */
  slug: string;
  /** Icon of the tab; null: not a tab. */
  icon: IconName | null;
  /** Whether *Make a code* is in its header. */
  makes?: true;
  /** `id` is the second part of the path, or "". */
  render: (app: App, id: string) => TemplateResult;
}

/** Every view is one line here and one file in `views/`. The first is home. */
export const VIEWS: readonly View[] = [
  {
    slug: "doors",
    icon: "door",
    makes: true,
    render: (app) => html`<codelocks-doors .app=${app}></codelocks-doors>`,
  },
  {
    slug: "codes",
    icon: "keypad",
    makes: true,
    render: (app, id) => html`<codelocks-codes .app=${app} .codeId=${id}></codelocks-codes>`,
  },
  {
    slug: "people",
    icon: "people",
    render: (app) => html`<codelocks-people .app=${app}></codelocks-people>`,
  },
  {
    slug: "bookings",
    icon: "bookings",
    render: (app) => html`<codelocks-bookings .app=${app}></codelocks-bookings>`,
  },
  {
    slug: "calls",
    icon: "calls",
    render: (app) => html`<codelocks-calls .app=${app}></codelocks-calls>`,
  },
  {
    slug: "door",
    icon: null,
    render: (app, id) => html`<codelocks-door .app=${app} .deviceId=${id}></codelocks-door>`,
  },
];

export interface Place {
  view: View;
  id: string;
}

export function place(path: string, views: readonly View[] = VIEWS): Place {
  const [slug = "", id = ""] = path.replace(/^\//, "").split("/");
  const view = views.find((known) => known.slug === slug) ?? views[0];
  if (!view) throw new Error("no views");
  return { view, id: view.slug === slug ? decode(id) : "" };
}

export function address(slug: string, id?: string): string {
  return [ROOT, slug, ...(id ? [encodeURIComponent(id)] : [])].join("/");
}

/** Our page in Settings: options, accounts, calendars, visitors and KitLocks. */
export function settingsOf(entryId?: string): string {
  const page = "/config/integrations/integration/codelocks";
  return entryId ? `${page}#config_entry=${encodeURIComponent(entryId)}` : page;
}

/** Go to our page in Settings, where Home Assistant tells which button to press: no address does. */
export function add(words: Words, key: string): void {
  navigate(settingsOf());
  const message = words.t("page.press", { button: words.t(key) });
  const told = new CustomEvent("hass-notification", { detail: { message, duration: 10_000 } });
  document.querySelector("home-assistant")?.dispatchEvent(told);
}

/** Go to an address of Home Assistant. */
export function navigate(path: string, replace = false): void {
  if (replace) history.replaceState(history.state, "", path);
  else history.pushState(null, "", path);
  window.dispatchEvent(new CustomEvent("location-changed", { detail: { replace } }));
}

/** A damaged address shows no door, not an error. */
function decode(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return "";
  }
}
