import { html, nothing, type TemplateResult } from "lit";
import { reveal } from "../api/actions";
import type { CodeRow } from "../api/types";
import { define } from "../components/element";
import { openSheet, Sheet } from "../components/sheet";
import type { App } from "../state/app";
import { asMade } from "../state/orders";
import { Result } from "./result";

/** All codes of an order once more, large, with their message. */
export class Order extends Sheet {
  static override properties = { ...Sheet.properties, result: { state: true } };

  declare result: Result | null;
  codes: readonly CodeRow[] = [];

  constructor() {
    super();
    this.result = null;
  }

  override render(): TemplateResult {
    const name = this.codes[0]?.name;
    const title = name
      ? this.t("result.title", { name })
      : this.n("result.ready", this.codes.length);
    return this.frameAround(title, html`${this.result ?? nothing}`);
  }

  /** Ask for the codes; a refusal is told. */
  async begin(): Promise<void> {
    try {
      const shown = await Promise.all(this.codes.map((row) => reveal(this.app.hass, row.id)));
      if (!this.isConnected) return;
      const result = new Result();
      result.app = this.app;
      result.done = this.close;
      const codes = this.codes.map((row, index) => asMade(row, shown[index]?.netcode ?? ""));
      result.take({ codes, failed: [], deliveries: [], netcode_calls_left: 0 });
      this.result = result;
      await this.updateComplete;
      await result.updateComplete;
      result.focusFirst();
    } catch (error) {
      this.app.fail(error);
      this.close();
    }
  }
}

define("codelocks-order", Order);

export function openOrder(app: App, codes: readonly CodeRow[]): void {
  openSheet<Order>("codelocks-order", app, { codes }, (dialog) => void dialog.begin());
}
