import { html, LitElement, nothing, type PropertyDeclarations, type TemplateResult } from "lit";
import type { Hass, Route } from "./api/ha";
import { define, icon } from "./components/element";
import { menu } from "./components/menu";
import { note } from "./components/note";
import { noticeBar } from "./components/notice-bar";
import { openInvite } from "./dialogs/invite";
import { openMake } from "./dialogs/make";
import { App } from "./state/app";
import { address, navigate, place, ROOT, settingsOf, VIEWS, type View } from "./state/router";
import { base, states, tags, toast } from "./styles/base";
import { layout } from "./styles/layout";
import { pop, details } from "./styles/lists";
import { shell } from "./styles/shell";
import "./views/bookings";
import "./views/calls";
import "./views/codes";
import "./views/door";
import "./views/doors";
import "./views/people";

const SKELETON_AFTER = 300;

/** The page: header, tabs, the view of the address, dialogs and notices. */
class CodelocksPanel extends LitElement {
  static override styles = [base, layout, tags, states, details, pop, toast, shell];
  static override properties: PropertyDeclarations = {
    narrow: { type: Boolean, reflect: true },
    route: { attribute: false },
    waited: { state: true },
  };

  declare narrow: boolean;
  declare route: Route | undefined;
  declare waited: boolean;

  private readonly app = new App();
  private readonly scrolled = new Map<string, number>();
  private shown = "";

  /** Home Assistant replaces `hass` all the time; the page draws again only when it must. */
  set hass(hass: Hass) {
    this.app.setHass(hass);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.app.add(this);
    this.app.start();
    setTimeout(() => (this.waited = true), SKELETON_AFTER);
    window.addEventListener("keydown", this.onKey);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.app.stop();
    this.app.remove(this);
    window.removeEventListener("keydown", this.onKey);
  }

  override firstUpdated(): void {
    this.app.dialogHost = this.renderRoot;
  }

  override willUpdate(): void {
    const path = this.path;
    if (path === this.shown) return;
    const scroller = document.scrollingElement;
    if (scroller && this.shown) this.scrolled.set(this.shown, scroller.scrollTop);
  }

  override updated(): void {
    const path = this.path;
    if (!this.app.ready || path === this.shown) return;
    const first = !this.shown;
    this.shown = path;
    const { view } = place(path);
    document.title = this.app.words.t(`tabs.${view.slug}`);
    // Back is at the same place; a new view begins at its top.
    document.scrollingElement?.scrollTo(0, this.scrolled.get(path) ?? 0);
    if (!first) this.renderRoot.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  override render(): TemplateResult {
    if (!this.app.ready) return html`${this.waited ? this.bones() : nothing}`;
    const { view, id } = place(this.path);
    const isTab = view.icon !== null;
    return html`<div class=${isTab ? "has-tabs" : ""}>
      ${this.header(view, id)}
      <main class="view">
        ${this.connection()} ${this.content(view.render(this.app, id))}
      </main>
      ${noticeBar(this.app)}
    </div>`;
  }

  private get path(): string {
    const path = this.route?.path ?? location.pathname.slice(ROOT.length);
    return path || "/";
  }

  private header({ slug, icon: tab, makes }: View, id: string): TemplateResult {
    const { words, store } = this.app;
    const isTab = tab !== null;
    const title = isTab ? words.t("page.title") : (store.lock(id)?.name ?? words.t(`tabs.${slug}`));
    const may = store.connected && store.locks.some((lock) => store.mayIssue(lock));
    const invites = slug === "people";
    const run = invites ? (): void => openInvite(this.app) : this.onMake;
    const offered = (makes || invites) && store.accounts.some((account) => account.may_issue);
    return html`<header class="head">
      ${isTab
        ? html`<button
            class="ib"
            ?hidden=${!this.narrow && this.app.hass.dockedSidebar !== "always_hidden"}
            aria-label=${words.t("page.menu")}
            @click=${this.onMenu}
          >
            ${icon("menu")}
          </button>`
        : html`<a
            class="ib"
            href=${address(VIEWS[0]?.slug ?? "")}
            aria-label=${words.t("page.back")}
            @click=${this.onBack}
            >${icon("back", "flip")}</a
          >`}
      <h1 tabindex="-1"><bdi>${title}</bdi></h1>
      ${isTab ? this.tabs(slug) : nothing}
      <span class="grow"></span>
      ${offered
        ? html`<span class="not-phone"
            ><button class="btn fill" ?disabled=${!may} @click=${run}>
              ${icon(invites ? "invite" : "keyPlus")}${words.t(
                invites ? "people.invite" : "make.make_one",
              )}
            </button></span
          >`
        : nothing}
      ${this.more(slug === "door" ? id : "")}
    </header>`;
  }

  private tabs(slug: string): TemplateResult {
    const { words } = this.app;
    return html`<nav class="tabs" aria-label=${words.t("page.title")}>
      ${VIEWS.map((view) =>
        view.icon
          ? html`<a
              href=${address(view.slug)}
              aria-current=${view.slug === slug ? "page" : nothing}
              @click=${this.onLink}
              >${icon(view.icon)}${words.t(`tabs.${view.slug}`)}</a
            >`
          : nothing,
      )}
    </nav>`;
  }

  private more(id: string): TemplateResult | typeof nothing {
    const { words, hass } = this.app;
    if (!hass.user?.is_admin) return nothing;
    const path = id ? `/config/devices/device/${id}` : settingsOf();
    const label = words.t(id ? "more.device" : "more.settings");
    return menu(words.t("more.label"), [{ icon: "open", label, run: () => navigate(path) }]);
  }

  private connection(): TemplateResult | typeof nothing {
    const { words, store, times, hass } = this.app;
    if (store.connected) return nothing;
    const time = times.time(store.heardAt || this.app.now(), hass.config.time_zone);
    return note({
      icon: "offline",
      title: words.t("offline.title"),
      text: words.t("offline.text", { time }),
    });
  }

  private content(view: TemplateResult): TemplateResult | typeof nothing {
    const { words, store } = this.app;
    if (store.state === "ready") return view;
    if (store.state === "loading") return this.waited ? this.bones() : html``;
    const title = words.t(store.state === "refused" ? "refused.title" : "failed.title");
    const text = words.t(store.state === "refused" ? "refused.text" : "failed.text");
    return note({ tone: store.state === "failed" ? "bad" : "", icon: "personOff", title, text });
  }

  private bones(): TemplateResult {
    const bone = html`<div class="card door-bone" aria-hidden="true">
      <span class="bone r"></span><span class="bone"></span><span class="bone low"></span>
    </div>`;
    return html`<div class="grid" aria-busy="true">${bone}${bone}${bone}</div>`;
  }

  private readonly onMenu = (): void => {
    this.dispatchEvent(new CustomEvent("hass-toggle-menu", { bubbles: true, composed: true }));
  };

  private readonly onMake = (): void => openMake(this.app);

  private readonly onBack = (event: MouseEvent): void => {
    if (!plain(event)) return;
    event.preventDefault();
    // Only within the page: a door that was opened by its address has no page behind it.
    if (this.scrolled.size > 0) history.back();
    else navigate(address(VIEWS[0]?.slug ?? ""));
  };

  private readonly onLink = (event: MouseEvent): void => {
    if (!plain(event)) return;
    event.preventDefault();
    navigate((event.currentTarget as HTMLAnchorElement).pathname);
  };

  private readonly onKey = (event: KeyboardEvent): void => {
    const [field] = event.composedPath();
    const types = field instanceof HTMLElement && field.matches("input, textarea, select");
    if (types || event.ctrlKey || event.metaKey || event.altKey || this.app.dialogs.size) return;
    if (event.key === "n" && this.app.ready && this.app.store.state === "ready") {
      event.preventDefault();
      event.stopPropagation();
      this.onMake();
    } else if (event.key === "/") {
      const view = this.renderRoot.querySelector("main > :last-child");
      const find = view?.shadowRoot?.querySelector<HTMLElement>(".find input");
      if (!find) return;
      event.preventDefault();
      find.focus();
    }
  };
}

/** A click that opens no tab of its own. */
export function plain(event: MouseEvent): boolean {
  return !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) && event.button === 0;
}

define("codelocks-panel", CodelocksPanel);
