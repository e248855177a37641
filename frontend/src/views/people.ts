import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import { live } from "lit/directives/live.js";
import { repeat } from "lit/directives/repeat.js";
import type { ClientRow, LockRow } from "../api/types";
import {
  mayChange,
  namesOf,
  personMenu,
  restore,
  suspend,
} from "../components/client-actions";
import { AppElement, breakable, define, icon } from "../components/element";
import { Growing } from "../components/growing";
import { empty, note, tag } from "../components/note";
import { lockIcon } from "../components/tile";
import { openInvite } from "../dialogs/invite";
import {
  commonHours,
  isSuspended,
  matching,
  peopleOf,
  type Person,
  highestPrice,
  stateText,
} from "../format/people";
import { base, states, tags } from "../styles/base";
import { fields } from "../styles/form";
import { layout } from "../styles/layout";
import { details, pop, rows } from "../styles/lists";
import { peopleStyle } from "../styles/people";
import "../components/matrix";

/** More columns nobody reads: then there is the list, as on a phone. */
const MOST_COLUMNS = 24;
/** Drawn at a time: a row may have a cell for each column. */
const ROWS = 12;
/** A change is drawn at once; the server tells of it a moment later. */
const SETTLE = 1_500;

/** Phones: a row for each person, a column for each door; on a phone a list. */
export class PeopleView extends AppElement {
  static override styles: CSSResultGroup = [
    base,
    layout,
    tags,
    states,
    rows,
    pop,
    details,
    fields,
    peopleStyle,
  ];
  static override properties = {
    ...AppElement.properties,
    wanted: { state: true },
    open: { state: true },
    busy: { state: true },
  };

  declare wanted: string;
  declare open: ReadonlySet<string>;
  /** Switches under way, and what they are to become. */
  declare busy: ReadonlyMap<string, boolean>;
  private readonly growing = new Growing(this, ROWS);
  private readonly wide = matchMedia("(min-width: 1000px)");
  private known: { locks: readonly LockRow[]; people: Person[] } = { locks: [], people: [] };

  constructor() {
    super();
    this.wanted = "";
    this.open = new Set();
    this.busy = new Map();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.wide.addEventListener("change", this.onWidth);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.wide.removeEventListener("change", this.onWidth);
  }

  override render(): TemplateResult {
    const { locks } = this.app.store;
    const doors = locks.filter((lock) => lock.kind === "k3");
    const people = this.people;
    return html`<h2 class="vh">${this.t("tabs.people")}</h2>
      <div class="stack wide">
        ${people.length ? this.lead(doors) : nothing} ${this.unread(doors)}
        ${people.length ? this.found(people, doors) : this.nobody()}
        ${doors.length < locks.length
          ? html`<p class="sec small">${this.t("people.kitlocks")}</p>`
          : nothing}
      </div>
      ${this.floating(doors)}`;
  }

  private get people(): Person[] {
    const { locks } = this.app.store;
    if (this.known.locks !== locks) this.known = { locks, people: peopleOf(locks) };
    return this.known.people;
  }

  private lead(doors: readonly LockRow[]): TemplateResult {
    const onInput = (event: InputEvent): void => {
      this.wanted = (event.target as HTMLInputElement).value;
      this.growing.reset();
    };
    const most = highestPrice(doors);
    return html`<div class="lead">
      <label class="find"
        >${icon("find")}<input
          type="search"
          .value=${this.wanted}
          placeholder=${this.t("people.find")}
          aria-label=${this.t("people.find")}
          @input=${onInput}
      /></label>
      ${doors.some((door) => mayChange(this.app, door))
        ? html`<span class="sec not-phone">${this.n("people.lead", most)}</span>`
        : nothing}
    </div>`;
  }

  /** Phones of these doors are not read yet, or not followed. */
  private unread(doors: readonly LockRow[]): TemplateResult | typeof nothing {
    const ids = doors.filter((door) => !door.clients).map((door) => door.device_id);
    if (!ids.length) return nothing;
    const text = this.t("people.not_read", { doors: namesOf(this.app, ids) });
    return note({ icon: "help", text });
  }

  private nobody(): TemplateResult {
    const button = html`<button class="btn fill" ?disabled=${!this.mayInvite} @click=${this.onInvite}>
      ${icon("invite")}${this.t("people.invite")}
    </button>`;
    return html`<ha-card class="card"
      >${empty("phone", this.t("people.empty_title"), this.t("people.empty_text"), button)}</ha-card
    >`;
  }

  private found(all: readonly Person[], every: readonly LockRow[]): TemplateResult {
    const { people, doors } = matching(all, every, this.wanted);
    if (!people.length) {
      const clear = (): void => {
        this.wanted = "";
      };
      const button = html`<button class="btn" @click=${clear}>${this.t("find.clear")}</button>`;
      const title = this.t("find.nothing", { text: this.wanted });
      return html`<ha-card class="card">${empty("find", title, "", button)}</ha-card>`;
    }
    const asTable = this.wide.matches && doors.length <= MOST_COLUMNS;
    const shown = this.growing.first(people);
    return html`<ha-card class="card"
        >${asTable ? html`<codelocks-matrix
              .app=${this.app}
              .people=${shown}
              .doors=${doors}
            ></codelocks-matrix>` : this.list(shown, every)}</ha-card
      >
      ${this.growing.end(people.length)}`;
  }

  private list(people: readonly Person[], doors: readonly LockRow[]): TemplateResult {
    return html`<div>
      ${repeat(
        people,
        (person) => person.email,
        (person) => {
          const onToggle = (event: Event): void => {
            const open = new Set(this.open);
            if ((event.target as HTMLDetailsElement).open) open.add(person.email);
            else open.delete(person.email);
            this.open = open;
          };
          const isOpen = this.open.has(person.email);
          return html`<details class="person" .open=${isOpen} @toggle=${onToggle}>
            <summary class="row">
              ${icon("phone")}<span class="body">${this.summary(person)}</span>${icon("down", "turn")}
            </summary>
            ${isOpen ? this.opened(person, doors) : nothing}
          </details>`;
        },
      )}
    </div>`;
  }

  private summary(person: Person): TemplateResult {
    const { words, times } = this.app;
    const clients = [...person.at.values()];
    const on = clients.filter((client) => client.state === "on");
    const invited = clients.some((client) => client.state === "invited");
    const counted = on.length && on.length < clients.length ? "people.doors_of" : "people.doors";
    const doors = this.n(counted, clients.length, { k: on.length });
    const suspended = isSuspended(person);
    const hours = suspended ? "" : commonHours(on.length ? on : clients, words, times);
    return html`<span class="two b">${breakable(person.email)}</span>
      <span class="sec">${hours ? this.t("people.doors_hours", { doors, hours }) : doors}</span>
      ${suspended || invited
        ? html`<span class="tags"
            >${suspended
              ? tag("warn", "pause", this.t("people.everywhere"))
              : tag("info", "invited", this.t("people.invited"))}</span
          >`
        : nothing}`;
  }

  private opened(person: Person, doors: readonly LockRow[]): TemplateResult {
    const items = personMenu(this.app, person);
    const here = doors.filter((door) => person.at.has(door.device_id));
    return html`<div class="list">${here.map((door) => this.doorRow(person, door))}</div>
      ${items.length
        ? html`<div class="btns">
            ${items.map((item) => {
              const more = item.icon === "invite" ? "plain" : item.bad ? "plain danger" : "tonal";
              return html`<button class="btn ${more}" @click=${item.run}>
                ${item.icon === "invite" ? nothing : icon(item.icon, "s")}${item.label}
              </button>`;
            })}
          </div>`
        : nothing}`;
  }

  private doorRow(person: Person, door: LockRow): TemplateResult {
    const { words, times } = this.app;
    const client = person.at.get(door.device_id) as ClientRow;
    const key = `${person.email} ${door.device_id}`;
    const wanted = this.busy.get(key);
    const isOn = wanted ?? client.state === "on";
    const content = html`${icon(lockIcon(door))}<span class="body"
        ><bdi>${door.name}</bdi><span class="sec">${stateText(client, words, times)}</span></span
      >`;
    if ((client.state !== "on" && client.state !== "suspended") || !mayChange(this.app, door)) {
      return html`<div class="row">${content}</div>`;
    }
    const onChange = (event: Event): void => {
      void this.turn(key, person.email, door, (event.target as HTMLInputElement).checked);
    };
    return html`<label class="row"
      >${content}<input
        class="switch"
        type="checkbox"
        role="switch"
        aria-label=${door.name}
        .checked=${live(isOn)}
        ?disabled=${wanted !== undefined}
        @change=${onChange}
    /></label>`;
  }

  /** Acts at once, and goes back where it was refused. */
  private async turn(key: string, email: string, door: LockRow, on: boolean): Promise<void> {
    this.busy = new Map(this.busy).set(key, on);
    const settle = (): void => {
      const busy = new Map(this.busy);
      busy.delete(key);
      this.busy = busy;
    };
    const { done } = await (on ? restore : suspend)(this.app, [door.device_id], email);
    if (done.length) setTimeout(settle, SETTLE);
    else settle();
  }

  private floating(doors: readonly LockRow[]): TemplateResult | typeof nothing {
    if (!this.people.length || !doors.some((door) => this.app.store.mayIssue(door))) return nothing;
    return html`<button class="btn fill big fab" ?disabled=${!this.mayInvite} @click=${this.onInvite}>
      ${icon("invite")}${this.t("people.invite")}
    </button>`;
  }

  private get mayInvite(): boolean {
    return this.app.store.locks.some((lock) => lock.kind === "k3" && mayChange(this.app, lock));
  }

  private readonly onInvite = (): void => openInvite(this.app);

  private readonly onWidth = (): void => this.requestUpdate();

}

define("codelocks-people", PeopleView);
