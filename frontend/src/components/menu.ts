import { html, nothing, render, type TemplateResult } from "lit";
import { icon } from "./element";
import type { IconName } from "./icons";

const EDGE = 8;
/** Room that the tabs of a phone take, and the button above them. */
const FOOT = 144;
const PHONE = 600;

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

/** Beneath what opens it, or above where there is no room; never cut off by a box that scrolls. */
function place(details: HTMLDetailsElement, pop: HTMLElement): void {
  pop.style.inset = "0 auto auto 0";
  // A theme may make the card, not the window, what the list is placed in.
  const origin = pop.getBoundingClientRect();
  const from = details.getBoundingClientRect();
  const right = getComputedStyle(details).direction === "rtl";
  const left = right ? from.left : from.right - origin.width;
  const most = innerWidth - origin.width - EDGE;
  const foot = innerWidth < PHONE ? FOOT : EDGE;
  const fits = from.bottom + origin.height + foot < innerHeight || from.top < innerHeight / 3;
  const x = Math.max(EDGE, Math.min(left, most)) - origin.left;
  const y = (fits ? from.bottom : Math.max(EDGE, from.top - origin.height)) - origin.top;
  pop.style.inset = `${y}px auto auto ${x}px`;
  const away = (): void => {
    details.open = false;
  };
  addEventListener("scroll", away, { capture: true, once: true });
}

export interface Face {
  class: string;
  content: unknown;
  /** Out of the order of the Tab key: the arrows lead there. */
  inTable?: boolean;
}

const MORE: Face = { class: "ib sec", content: icon("more") };

type Items = readonly MenuItem[] | (() => readonly MenuItem[]);

function choices(items: Items): readonly TemplateResult[] {
  return (typeof items === "function" ? items() : items).map(
    (item) =>
      html`<button
        role="menuitem"
        class=${item.bad ? "bad" : ""}
        @click=${(event: Event) => {
          close(event);
          item.run();
        }}
      >
        ${icon(item.icon, "s")}${item.label}
      </button>`,
  );
}

/** What else can be done with a row. Drawn when it is opened: tables have menus by the hundred. */
export function menu(label: string, items: Items, face: Face = MORE): TemplateResult {
  const onToggle = (event: Event): void => {
    const details = event.currentTarget as HTMLDetailsElement;
    const pop = details.querySelector<HTMLElement>(".pop");
    if (!pop) return;
    render(details.open ? choices(items) : nothing, pop);
    if (details.open) place(details, pop);
  };
  return html`<details
    class="menu-at"
    @focusout=${onBlur}
    @keydown=${onKey}
    @toggle=${onToggle}
  >
    <summary
      class=${face.class}
      aria-label=${label || nothing}
      aria-haspopup="menu"
      tabindex=${face.inTable ? "-1" : nothing}
    >
      ${face.content}
    </summary>
    <div class="pop" role="menu"></div>
  </details>`;
}
