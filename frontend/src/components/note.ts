import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../state/app";
import { icon } from "./element";
import type { IconName } from "./icons";

export type Tone = "" | "info" | "ok" | "warn" | "bad";

export interface NoteParts {
  tone?: Tone;
  icon: IconName;
  /** What it is about, in bold. */
  title?: string;
  text?: string;
  action?: { label: string; run: () => void };
}

/** A note in the page: failures are told at once, the rest when it suits. */
export function note({ tone = "", icon: name, title, text, action }: NoteParts): TemplateResult {
  return html`<div class="note ${tone}" role=${tone === "bad" ? "alert" : "status"}>
    ${icon(name)}
    <div>
      <span>${title ? html`<b class="b">${title}</b> ` : nothing}${text}</span>
      ${action
        ? html`<button class="btn" @click=${action.run}>${action.label}</button>`
        : nothing}
    </div>
  </div>`;
}

/** A state of a row: icon, word and colour. */
export function tag(tone: Tone, name: IconName, text: string): TemplateResult {
  return html`<span class="tag ${tone}">${icon(name)}${text}</span>`;
}

/** A view with nothing to show: what it is for, and the way on. */
export function empty(
  name: IconName,
  title: string,
  text: string,
  action?: TemplateResult,
): TemplateResult {
  return html`<div class="empty">
    ${icon(name)}
    <h2>${title}</h2>
    ${text ? html`<p class="sec">${text}</p>` : nothing} ${action ?? nothing}
  </div>`;
}

/** A user who may use no lock at all. */
export function refused({ words }: App): TemplateResult {
  return html`<ha-card class="card"
    >${empty("personOff", words.t("refused.title"), words.t("refused.text"))}</ha-card
  >`;
}
