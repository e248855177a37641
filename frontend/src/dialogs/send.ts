import { html, type CSSResultGroup, type TemplateResult } from "lit";
import { define } from "../components/element";
import { sendList } from "../components/send";
import { openSheet, Sheet } from "../components/sheet";
import type { App } from "../state/app";
import { rows } from "../styles/lists";

/** Send codes of the list to a notify entity, with the default message. */
export class Send extends Sheet {
  static override styles: CSSResultGroup = [Sheet.styles, rows];

  ids: readonly string[] = [];

  override render(): TemplateResult {
    return this.frame(
      this.t("send.button"),
      sendList(this.app, () => [{ ids: this.ids }], this),
      html`<div class="btns">
        <button class="btn tonal" @click=${this.close}>${this.t("dialog.done")}</button>
      </div>`,
    );
  }
}

define("codelocks-send", Send);

export function openSend(app: App, ids: readonly string[]): void {
  openSheet<Send>("codelocks-send", app, { ids });
}
