import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { App } from "../state/app";
import { ICONS, type IconName } from "./icons";

/** Register an element once: the module may be loaded twice, as panel and as card. */
export function define(name: string, element: CustomElementConstructor): void {
  if (!customElements.get(name)) customElements.define(name, element);
}

/** Draw an icon; what it means is always said in words beside it. */
export function icon(name: IconName, classes = ""): TemplateResult {
  return html`<svg class="i ${classes}" viewBox="0 0 24 24" aria-hidden="true">
    <path d=${ICONS[name]}></path>
  </svg>`;
}

/** Let a long address break after its name. */
export function breakable(text: string): TemplateResult {
  const [name = "", ...rest] = text.split("@");
  return html`<bdi>${name}${rest.length ? html`<wbr />@${rest.join("@")}` : nothing}</bdi>`;
}

/** An element that draws again whenever the page's data, words or the minute change. */
export class AppElement extends LitElement {
  static override properties: PropertyDeclarations = { app: { attribute: false } };

  declare app: App;

  override connectedCallback(): void {
    super.connectedCallback();
    this.app.add(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.app.remove(this);
  }

  protected get t(): App["words"]["t"] {
    return this.app.words.t.bind(this.app.words);
  }

  protected get n(): App["words"]["n"] {
    return this.app.words.n.bind(this.app.words);
  }
}
