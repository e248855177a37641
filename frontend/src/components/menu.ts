import { html, type TemplateResult } from "lit";
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

/** What else can be done with a row. */
export function menu(label: string, items: readonly MenuItem[]): TemplateResult {
  return html`<details class="menu-at" @focusout=${onBlur} @keydown=${onKey}>
    <summary class="ib sec" aria-label=${label} aria-haspopup="menu">${icon("more")}</summary>
    <div class="pop" role="menu">
      ${items.map(
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
      )}
    </div>
  </details>`;
}
