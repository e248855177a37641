import { html, nothing, render, type TemplateResult } from "lit";
import { icon } from "./element";
import type { IconName } from "./icons";

export interface MenuItem {
  icon: IconName;
  label: string;
  run: () => void;
  bad?: boolean;
}

function close(event: Event): void {
  const details = (event.currentTarget as HTMLElement).closest("details");
  if (details) details.open = false;
}

/** Close on a tap elsewhere or when the focus leaves. */
function onBlur(event: FocusEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (!details.contains(event.relatedTarget as Node | null)) details.open = false;
}

function onKey(event: KeyboardEvent): void {
  const details = event.currentTarget as HTMLDetailsElement;
  if (!details.open) return;
  const items = [...details.querySelectorAll<HTMLElement>(".pop button")];
  const from = items.findIndex((item) => item.matches(":focus"));
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) items.at((from + step) % items.length)?.focus();
  else if (event.key === "Escape") {
    details.open = false;
    details.querySelector("summary")?.focus();
  } else return;
  event.preventDefault();
  event.stopPropagation();
}

/** Room that the tabs at the foot take. */
const FOOT = 72;

function draw(details: HTMLDetailsElement, items: () => readonly MenuItem[]): void {
  const pop = details.querySelector<HTMLElement>(".pop");
  if (!pop) return;
  render(details.open ? items().map(button) : nothing, pop);
  pop.classList.remove("up");
  const { bottom, height } = pop.getBoundingClientRect();
  const above = details.getBoundingClientRect().top;
  pop.classList.toggle("up", bottom > innerHeight - FOOT && above > height + FOOT);
}

function button(item: MenuItem): TemplateResult {
  const run = (event: Event): void => {
    close(event);
    item.run();
  };
  return html`<button role="menuitem" class=${item.bad ? "bad" : ""} @click=${run}>
    ${icon(item.icon, "s")}${item.label}
  </button>`;
}

/** What else can be done with a row; asked and drawn when it opens, as lists have many. */
export function menu(
  label: string,
  items: readonly MenuItem[] | (() => readonly MenuItem[]),
): TemplateResult {
  const ask = typeof items === "function" ? items : (): readonly MenuItem[] => items;
  const onToggle = (event: Event): void => draw(event.currentTarget as HTMLDetailsElement, ask);
  return html`<details
    class="menu-at"
    @toggle=${onToggle}
    @focusout=${onBlur}
    @keydown=${onKey}
  >
    <summary class="ib sec" aria-label=${label} aria-haspopup="menu">${icon("more")}</summary>
    <div class="pop" role="menu"></div>
  </details>`;
}
