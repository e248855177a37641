import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import type { Hass } from "../api/ha";
import { AppElement, icon } from "../components/element";
import { note, type NoteParts } from "../components/note";
import { noticeBar } from "../components/notice-bar";
import { App } from "../state/app";
import type { Words } from "../format/words";
import { base, states, tags, toast } from "../styles/base";
import { cardStyle } from "../styles/card";
import { layout } from "../styles/layout";

/** One for all cards of the browser's tab: one subscription. */
export const app = new App();

/** A view that is left for a moment needs no new subscription. */
const LINGER = 5_000;
const SKELETON_AFTER = 300;
/** A form does not wait longer for its words. */
const PATIENCE = 2_000;

/** The cards of the view. */
const shown = new Set<Card>();
let leaving: ReturnType<typeof setTimeout> | undefined;

/** The card that has the notices, for all: the one touched last, else the first. */
function speaker(): Card | undefined {
  const [first, ...others] = shown;
  return others.find((card) => card.isHost) ?? first;
}

/** The words for a form in the editor: nobody gives `hass` to these. */
export async function words(): Promise<Words | null> {
  for (let waited = 0; !app.ready && waited < PATIENCE; waited += 50) {
    await new Promise((done) => setTimeout(done, 50));
  }
  return app.ready ? app.words : null;
}

/** A card of ours: whatever is wrong is a sentence on it, never an error of the view. */
export abstract class Card extends AppElement {
  static override styles: CSSResultGroup = [base, layout, tags, states, toast, cardStyle];
  static override properties = { ...AppElement.properties, waited: { state: true } };

  declare waited: boolean;

  constructor() {
    super();
    this.app = app;
    this.waited = false;
  }

  set hass(hass: Hass) {
    app.setHass(hass);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    clearTimeout(leaving);
    shown.add(this);
    app.start();
    setTimeout(() => (this.waited = true), SKELETON_AFTER);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    shown.delete(this);
    // Another has the notices now.
    app.changed();
    if (shown.size) return;
    leaving = setTimeout(() => app.stop(), LINGER);
  }

  override render(): TemplateResult {
    return html`${this.whole()} ${app.ready && speaker() === this ? noticeBar(app) : nothing}`;
  }

  /** What to say instead of the card, or null. */
  protected abstract problem(): NoteParts | null;
  protected abstract card(): TemplateResult;

  /** Dialogs have the theme of the view: they stand in the card. */
  protected host(): void {
    app.dialogHost = this.renderRoot;
    app.changed();
  }

  get isHost(): boolean {
    return app.dialogHost === this.renderRoot;
  }

  private whole(): TemplateResult {
    const { store } = app;
    if (!app.ready || store.state === "loading") {
      return this.waited
        ? html`<ha-card class="card"
            ><div class="pad waiting" aria-busy="true">
              <span class="bone"></span><span class="bone low"></span></div
          ></ha-card>`
        : html`<ha-card class="card"></ha-card>`;
    }
    const problem =
      store.state === "failed"
        ? ({
            icon: "cloudOff",
            title: this.t("failed.title"),
            text: this.t("failed.text"),
          } as const)
        : this.problem();
    if (!problem) return this.card();
    return this.hasAttribute("tile")
      ? small(problem)
      : html`<ha-card class="card"><div class="pad said">${note(problem)}</div></ha-card>`;
  }

  protected later(): NoteParts {
    return { tone: "warn", icon: "renew", text: this.t("cards.later") };
  }

  protected gone(): NoteParts {
    return {
      tone: "warn",
      icon: "door",
      title: this.t("cards.gone_title"),
      text: this.t("cards.gone_text"),
    };
  }

  protected mayNot(): NoteParts {
    return {
      icon: "personOff",
      title: this.t("cards.may_not_title"),
      text: this.t("cards.may_not_text"),
    };
  }
}

function small({ icon: name, title = "", text = "" }: NoteParts): TemplateResult {
  const said = `${title} ${text}`.trim();
  return html`<ha-card class="card tile">
    <div class="main" role="status" title=${said}>
      <span class="pip">${icon(name)}</span><small class="two">${said}</small>
    </div>
  </ha-card>`;
}

/** Labels of a form, by the names of its fields. */
export const labels =
  (said: Words | null) =>
  ({ name }: { name: string }): string =>
    said?.t(`cards.form_${name}`) || name;

/** Locks are devices with a calendar of ours. */
export const lockSelector = (multiple: boolean) => ({
  device: { multiple, entity: [{ integration: "codelocks", domain: "calendar" }] },
});

export const choice = (said: Words | null, key: string, values: readonly string[]) => ({
  select: {
    mode: "dropdown",
    options: values.map((value) => ({ value, label: said?.t(`${key}_${value}`) || value })),
  },
});
