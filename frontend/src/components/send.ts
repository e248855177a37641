import { html, nothing, type LitElement, type TemplateResult } from "lit";
import { send } from "../api/actions";
import type { Delivery } from "../api/types";
import { type App, nameOf } from "../state/app";
import { icon } from "./element";

interface Told {
  entity: string;
  ok: boolean;
  text: string;
}

const told = new WeakMap<LitElement, Told>();

/** What goes out in one message; without a text the default one. */
export interface Sending {
  ids: readonly string[];
  message?: string;
}

/** The notify entities as a list, the last used first; one tap sends. */
export function sendList(
  app: App,
  sendings: () => readonly Sending[],
  host: LitElement,
): TemplateResult {
  const entities = app.notifyEntities();
  const last = told.get(host);
  if (!entities.length) return html`<p class="sec">${app.words.t("send.nobody")}</p>`;
  return html`<div class="list" role="group" aria-label=${app.words.t("send.button")}>
    ${entities.map(
      (entity) =>
        html`<button
          class="row link"
          @click=${() => void sendTo(app, entity.entity_id, nameOf(entity), sendings(), host)}
        >
          ${icon("send", "flip")}<span class="body"
            ><bdi>${nameOf(entity)}</bdi>
            ${last?.entity === entity.entity_id
              ? html`<span class="sec" role=${last.ok ? "status" : "alert"}>${last.text}</span>`
              : nothing}</span
          >
        </button>`,
    )}
  </div>`;
}

async function sendTo(
  app: App,
  entity: string,
  name: string,
  sendings: readonly Sending[],
  host: LitElement,
): Promise<void> {
  app.lastSentTo = entity;
  try {
    const deliveries: Delivery[] = [];
    // One after the other, so that they arrive in order; none after one that failed.
    for (const { ids, message } of sendings) {
      if (!deliveries.every((delivery) => delivery.ok)) break;
      deliveries.push(...(await send(app.hass, ids, entity, message)).deliveries);
    }
    const ok = deliveries.every((delivery) => delivery.ok);
    told.set(host, { entity, ok, text: app.words.t(ok ? "send.sent" : "send.failed", { name }) });
  } catch (error) {
    const text = app.words.reason(error) || app.words.t("send.failed", { name });
    told.set(host, { entity, ok: false, text });
  }
  host.requestUpdate();
}
