import { html, nothing, type TemplateResult } from "lit";
import { icon } from "./element";

/** The gap is only drawn: 3+3, 3+4. Copied without it. */
export function digits(code: string): TemplateResult {
  const half = Math.floor(code.length / 2);
  return html`${code.slice(0, half)}<i>${code.slice(half)}</i>`;
}

/** For a screen reader, digit by digit. */
export function spelt(code: string): string {
  return [...code].join(" ");
}

export interface CodeParts {
  door: string;
  /** Null: hidden. */
  code: string | null;
  /** Digits to draw while it is hidden. */
  length: number;
  window: TemplateResult;
  copyLabel: string;
  showLabel: string;
  hiddenLabel: string;
  /** A moment after it was copied. */
  copied: boolean;
  copiedLabel: string;
  copy: () => void;
  show: () => void;
}

/** The code: the hero of the page. */
export function codeCard(parts: CodeParts): TemplateResult {
  const { code } = parts;
  const half = Math.floor(parts.length / 2);
  return html`<section class="code">
    <span class="of two"><bdi>${parts.door}</bdi></span>
    ${code === null
      ? html`<output aria-label=${parts.hiddenLabel}
          >${"•".repeat(half)}<i>${"•".repeat(parts.length - half)}</i></output
        >`
      : html`<output aria-label=${spelt(code)}>${digits(code)}</output>`}
    <button
      class="ib"
      aria-label=${code === null ? parts.showLabel : parts.copied ? parts.copiedLabel : parts.copyLabel}
      @click=${code === null ? parts.show : parts.copy}
    >
      ${icon(code === null ? "eye" : parts.copied ? "check" : "copy")}
    </button>
    <span class="win">${parts.window ?? nothing}</span>
  </section>`;
}
