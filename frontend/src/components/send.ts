import { html, nothing, type LitElement, type TemplateResult } from "lit";
import { reason, send } from "../api/actions";
import { type App, nameOf } from "../state/app";
import { icon } from "./element";

interface Told {
  entity: string;
  ok: boolean;
  text: string;
}

const told = new WeakMap<LitElement, Told>();

/** The notify entities as a list, the last used first; one tap sends. */
export function sendList(
  app: App,
  ids: readonly string[],
  message: () => string,
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
          @click=${() => void sendTo(app, ids, entity.entity_id, nameOf(entity), message(), host)}
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
  ids: readonly string[],
  entity: string,
  name: string,
  message: string,
  host: LitElement,
): Promise<void> {
  app.lastSentTo = entity;
  try {
    const { deliveries } = await send(app.hass, ids, entity, message || undefined);
    const ok = deliveries.every((delivery) => delivery.ok);
    told.set(host, { entity, ok, text: app.words.t(ok ? "send.sent" : "send.failed", { name }) });
  } catch (error) {
    const text = reason(error) || app.words.t("send.failed", { name });
    told.set(host, { entity, ok: false, text });
  }
  host.requestUpdate();
}
