import type { LitElement } from "lit";
import type { Hass, HassEntity } from "../api/ha";
import { type Notice, Notices } from "./notices";
import { Store } from "./store";
import { DialogStack } from "./stack";
import { Times } from "../format/times";
import { Words } from "../format/words";
import { address, navigate } from "./router";

const MINUTE = 60_000;
const FADES = 2_000;

/** What all parts of the page share. It outlives `hass`, which is replaced all the time. */
export class App {
  hass!: Hass;
  words!: Words;
  times!: Times;
  readonly store = new Store(
    () => this.changed(),
    () => this.now(),
  );
  readonly notices = new Notices(() => this.changed());
  readonly dialogs = new DialogStack();
  /** Where dialogs are put. */
  dialogHost!: Node;
  /** The notify entity used last: offered first, for as long as the page lives. */
  lastSentTo: string | null = null;

  private readonly hosts = new Set<LitElement>();
  private spoken?: { language: string; localize: Hass["localize"] };
  private loading?: string;
  private tick?: ReturnType<typeof setInterval>;
  private fading?: ReturnType<typeof setTimeout>;

  get ready(): boolean {
    return Boolean(this.spoken);
  }

  now(): number {
    return Date.now();
  }

  /** Take a new `hass`; only what the page shows of it draws again. */
  setHass(hass: Hass): void {
    const old = this.hass as Hass | undefined;
    this.hass = hass;
    this.store.attach(hass.connection);
    if (old?.language !== hass.language) void this.load(hass.language);
    if (old && old.dockedSidebar !== hass.dockedSidebar) this.changed();
    if (old?.locale !== hass.locale || old.config.time_zone !== hass.config.time_zone) this.speak();
  }

  start(): void {
    this.tick ??= setInterval(() => this.changed(), MINUTE / 2);
    this.dialogs.start();
    if ((this.hass as Hass | undefined)?.connection) this.store.attach(this.hass.connection);
  }

  stop(): void {
    clearInterval(this.tick);
    this.tick = undefined;
    this.dialogs.stop();
    this.store.detach();
  }

  add(host: LitElement): void {
    this.hosts.add(host);
  }

  remove(host: LitElement): void {
    this.hosts.delete(host);
  }

  changed(): void {
    for (const host of this.hosts) host.requestUpdate();
  }

  /** Whether a row of the list is new: told until it has faded in, and not behind a dialog. */
  isFresh(id: string): boolean {
    const { fresh } = this.store;
    if (this.dialogs.size || !fresh.has(id)) return false;
    this.fading ??= setTimeout(() => {
      fresh.clear();
      this.fading = undefined;
    }, FADES);
    return true;
  }

  go(slug: string, id?: string): void {
    navigate(address(slug, id));
  }

  tell(notice: Notice): void {
    this.notices.tell(notice);
  }

  /** Tell why the server did not do it. */
  fail(error: unknown): void {
    this.tell({ tone: "bad", text: this.words.reason(error) || this.words.t("offline.title") });
  }

  notifyEntities(): HassEntity[] {
    const all = Object.values(this.hass.states).filter((entity) =>
      entity.entity_id.startsWith("notify."),
    );
    const rank = (entity: HassEntity): number => (entity.entity_id === this.lastSentTo ? 0 : 1);
    return all.sort(
      (a, b) => rank(a) - rank(b) || nameOf(a).localeCompare(nameOf(b), this.hass.language),
    );
  }

  private async load(language: string): Promise<void> {
    this.loading = language;
    // What is loaded first is part of what comes then; reasons of errors are not waited for.
    for (const category of ["config_panel", "exceptions"]) {
      const localize = await this.hass.loadBackendTranslation(category, "codelocks");
      if (this.loading !== language) return;
      this.spoken = { language, localize };
      this.speak();
    }
  }

  private speak(): void {
    if (!this.spoken) return;
    this.words = new Words(this.spoken.localize, this.spoken.language);
    const { locale, config } = this.hass;
    this.times = new Times(this.words, locale, config.time_zone, () => this.now());
    this.changed();
  }
}

export function nameOf(entity: HassEntity): string {
  return entity.attributes.friendly_name ?? entity.entity_id;
}
