import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../state/app";

/** The notice at the foot; in a dialog too, as the page behind is inert. */
export function noticeBar(app: App): TemplateResult {
  const { current } = app.notices;
  const act = (): void => {
    app.notices.clear();
    current?.action?.run();
  };
  return html`<div class="toast" role=${current?.tone === "bad" ? "alert" : "status"}>
    ${current
      ? html`<div>
          <span>${current.text}</span>
          ${current.action
            ? html`<button class="btn" @click=${act}>${current.action.label}</button>`
            : nothing}
        </div>`
      : nothing}
  </div>`;
}
