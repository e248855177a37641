import { html, nothing, type TemplateResult } from "lit";
import type { App } from "../state/app";
import { icon } from "./element";

/**
 * The notice at the foot; in a dialog too, as the page behind is inert. Where there is none it says,
 * until somebody closes it, that the tab is older than the server.
 */
export function noticeBar(app: App): TemplateResult {
  const { current } = app.notices;
  if (!current && app.store.outdated && !app.dialogs.size) return outdated(app);
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

function outdated(app: App): TemplateResult {
  const { words } = app;
  const close = (): void => {
    app.store.outdated = false;
    app.changed();
  };
  return html`<div class="toast" role="status">
    <div>
      <span>${words.t("update.text")}</span>
      <button class="btn" @click=${() => location.reload()}>${words.t("update.reload")}</button>
      <button class="ib" aria-label=${words.t("dialog.close")} @click=${close}>
        ${icon("close")}
      </button>
    </div>
  </div>`;
}
