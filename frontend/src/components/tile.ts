import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import type { LockRow } from "../api/types";
import { openCoach } from "../dialogs/coach";
import { openMake } from "../dialogs/make";
import { codesNow, phones } from "../format/access";
import { latestText } from "../format/news";
import { at } from "../format/times";
import { address, navigate } from "../state/router";
import { base, tags } from "../styles/base";
import { layout } from "../styles/layout";
import { tileStyle } from "../styles/tile";
import { AppElement, breakable, define, icon } from "./element";
import type { IconName } from "./icons";
import { note, tag } from "./note";

const NAMES = 3;

export function lockIcon(lock: LockRow): IconName {
  return lock.kind === "kitlock" ? "lock" : "door";
}

const sight = new IntersectionObserver(
  (seen) => {
    for (const { target, isIntersecting } of seen) {
      if (target instanceof DoorTile) target.see(isIntersecting);
    }
  },
  { rootMargin: "300px" },
);

/** A door: latest news, who may open now, *Make a code*. */
export class DoorTile extends AppElement {
  static override styles: CSSResultGroup = [base, layout, tags, tileStyle];
  static override properties = {
    ...AppElement.properties,
    lock: { attribute: false },
    counts: { attribute: false },
    linked: { attribute: false },
    trouble: { attribute: false },
  };

  declare lock: LockRow;
  /** How many may open, not who. */
  declare counts: boolean;
  /** Whether there is a page that shows the door. */
  declare linked: boolean;
  /** Told above the news, on a card. */
  declare trouble: TemplateResult | null;
  private inSight = false;
  private stale = false;

  constructor() {
    super();
    this.counts = false;
    this.linked = true;
    this.trouble = null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    sight.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    sight.unobserve(this);
  }

  /** With hundreds of doors news draws only those that are in sight, the rest as they come. */
  override shouldUpdate(): boolean {
    this.stale = this.hasUpdated && !this.inSight;
    return !this.stale;
  }

  see(inSight: boolean): void {
    this.inSight = inSight;
    if (inSight && this.stale) this.requestUpdate();
  }

  override render(): TemplateResult {
    const { lock, app } = this;
    const may = app.store.connected && app.store.mayIssue(lock);
    return html`<ha-card class="card door">
      <div class="top">
        <span class="pip">${icon(lockIcon(lock))}</span>
        <div>
          <h2 class="two">
            ${this.linked
              ? html`<a href=${address("door", lock.device_id)} @click=${this.onOpen}
                  ><bdi>${lock.name}</bdi></a
                >`
              : html`<bdi>${lock.name}</bdi>`}
          </h2>
          ${this.place()} ${this.batteryTag()}
        </div>
        ${app.store.account(lock.entry_id)?.may_issue
          ? html`<button
              class="btn tonal mk"
              ?disabled=${!may}
              aria-label=${`${this.t("make.make_one")}: ${lock.name}`}
              @click=${this.onMake}
            >
              ${icon("keyPlus", "s")}${this.t("make.make_one")}
            </button>`
          : nothing}
      </div>
      ${this.trouble ? html`<div class="pad">${this.trouble}</div>` : nothing} ${this.clock()}
      <div class="facts">${this.news()}${this.who()}</div>
    </ha-card>`;
  }

  private place(): TemplateResult | typeof nothing {
    const kitlock = this.lock.kind === "kitlock" ? "KitLock" : null;
    const zone = this.app.times.zoneName(this.lock.time_zone);
    const parts = [this.lock.area, kitlock, zone].filter(Boolean);
    return parts.length ? html`<span class="sec small">${parts.join(" · ")}</span>` : nothing;
  }

  private batteryTag(): TemplateResult | typeof nothing {
    const { battery, battery_low: low } = this.lock;
    if (!low) return nothing;
    const text =
      battery === null ? this.t("doors.battery_low") : this.t("doors.battery", { n: battery });
    return tag("bad", "batteryLow", text);
  }

  private clock(): TemplateResult | typeof nothing {
    const { lock } = this;
    if (lock.clock_problem !== "lost") return nothing;
    const canSet = lock.keypad.set_clock.length > 0;
    return html`<div class="pad">
      ${note({
        tone: "warn",
        icon: "clockAlert",
        title: this.t("doors.clock_title"),
        text: this.t("doors.clock_text"),
        ...(canSet
          ? {
              action: {
                label: this.t("coach.set_clock_button"),
                run: () => openCoach(this.app, lock.device_id, "set_clock"),
              },
            }
          : {}),
      })}
    </div>`;
  }

  private news(): TemplateResult {
    const { lock, app } = this;
    const when = lock.last_activity
      ? app.times.alone(app.times.moment(at(lock.last_activity), lock.time_zone))
      : null;
    return html`<div>
      ${icon("history", "s")}
      <div>
        <span class="vh">${this.t("doors.latest")} </span>
        <span class="two">${breakable(latestText(lock, app.words))}</span>
        ${when ? html`<span class="sec small">${when}</span>` : nothing}
      </div>
    </div>`;
  }

  private who(): TemplateResult | typeof nothing {
    const { lock, app } = this;
    const now = app.now();
    const account = app.store.account(lock.entry_id);
    const codes = codesNow(app.store.codesOf(lock.device_id), now);
    const count = phones(lock, now).now.length;
    // Where codes are not told, or not read yet, nobody knows that none opens.
    const isTold = account?.may_issue && account.state !== "not_loaded";
    if (!isTold && !codes.length && !count) return nothing;
    const more = codes.length - NAMES;
    if (this.counts) {
      const counted = [
        this.n("cards.codes_now", codes.length),
        ...(count ? [this.n("doors.phones", count)] : []),
      ];
      return html`<div>
        ${icon("people", "s")}
        <div><span class="vh">${this.t("doors.who_now")} </span>${counted.join(", ")}</div>
      </div>`;
    }
    return html`<div>
      ${icon("people", "s")}
      <div>
        <span class="vh">${this.t("doors.who_now")} </span>
        <div class="who">
          ${codes.length === 0
            ? html`<span class="sec">${this.t("doors.nobody")}</span>`
            : nothing}
          ${codes.slice(0, NAMES).map((code) => {
            const end = app.times.end(at(code.end), lock.time_zone);
            const name = code.name ?? this.t("codes.nameless");
            const withdrawn = code.state === "withdrawn";
            const said = withdrawn
              ? this.t("doors.withdrawn", { name })
              : code.spare
                ? this.t("doors.spare", { name })
                : name;
            return html`<span
              ><span>${breakable(said)}</span
              ><span class="sec"
                >${this.t(withdrawn ? "doors.still_until" : "doors.until", { end })}</span
              ></span
            >`;
          })}
          ${more > 0 ? html`<span class="sec">${this.t("doors.more", { n: more })}</span>` : nothing}
          ${count > 0 ? html`<span class="sec">${this.n("doors.phones", count)}</span>` : nothing}
        </div>
      </div>
    </div>`;
  }

  private readonly onOpen = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    navigate(address("door", this.lock.device_id));
  };

  private readonly onMake = (): void => openMake(this.app, this.lock.device_id);
}

define("codelocks-door-tile", DoorTile);
