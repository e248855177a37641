import { html, nothing, type CSSResultGroup, type TemplateResult } from "lit";
import type { App } from "../state/app";
import type { Closable } from "../state/stack";
import { base, tags, toast } from "../styles/base";
import { details } from "../styles/lists";
import { sheet } from "../styles/dialog";
import { AppElement, define, icon } from "./element";
import { noticeBar } from "./notice-bar";

/** A dialog of the page: native, so the page behind is inert and the focus stays inside. */
export class Sheet extends AppElement implements Closable {
  static override styles: CSSResultGroup = [base, tags, details, toast, sheet];
  static override properties = { ...AppElement.properties, asking: { state: true } };

  declare asking: boolean;

  /** Sits in the document only while it is open. */
  open(host: Node): void {
    host.appendChild(this);
    // At once, not with the next turn: iOS opens its keyboard only within the tap.
    this.performUpdate();
    this.app.dialogs.push(this);
    this.dialog?.showModal();
    this.firstFocus()?.focus();
  }

  close = (): void => {
    if (this.mayClose()) this.app.dialogs.close(this);
  };

  /** Something that was typed is not thrown away without a question. */
  mayClose(): boolean {
    if (!this.dirty || this.asking) return true;
    this.asking = true;
    return false;
  }

  closeNow(): void {
    this.dialog?.close();
    this.remove();
    // What came meanwhile fades in now.
    this.app.changed();
  }

  override updated(): void {
    const question = this.renderRoot.querySelector<HTMLDialogElement>("dialog.question");
    if (question && !question.open) question.showModal();
  }

  /** Wider, for what is wide. */
  protected widest = false;

  protected get dirty(): boolean {
    return false;
  }

  /** The question before what was typed is thrown away. */
  protected get leaving(): string {
    return this.t("dialog.leave");
  }

  protected get dialog(): HTMLDialogElement | null {
    return this.renderRoot.querySelector<HTMLDialogElement>("dialog.sheet:not(.question)");
  }

  protected firstFocus(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>("h2");
  }

  protected frame(title: string, main: TemplateResult, foot: TemplateResult): TemplateResult {
    return this.frameAround(
      title,
      html`<div class="main">${main}</div>
        <div class="foot">${foot}</div>`,
    );
  }

  /** `content` brings its own main part and foot. */
  protected frameAround(title: string, content: TemplateResult): TemplateResult {
    return html`<dialog
      class="sheet ${this.widest ? "widest" : ""}"
      aria-labelledby="title"
      @cancel=${this.cancel}
      @keydown=${this.onKey}
    >
      <div class="title">
        <button class="ib" aria-label=${this.t("dialog.close")} @click=${this.close}>
          ${icon("close")}
        </button>
        <h2 id="title" tabindex="-1"><bdi>${title}</bdi></h2>
      </div>
      ${content} ${noticeBar(this.app)} ${this.asking ? this.question() : nothing}
    </dialog>`;
  }

  protected onKey(event: KeyboardEvent): void {
    // Home Assistant has keys of its own for the page behind.
    event.stopPropagation();
  }

  private question(): TemplateResult {
    const stay = (): void => {
      this.asking = false;
    };
    return html`<dialog class="sheet question" aria-labelledby="ask" @cancel=${stay} @close=${stay}>
      <div class="main">
        <h2 id="ask">${this.leaving}</h2>
        <p>${this.t("dialog.leave_text")}</p>
        <div class="btns">
          <button class="btn" @click=${stay}>${this.t("dialog.stay")}</button>
          <button class="btn fill" @click=${this.leave}>${this.t("dialog.discard")}</button>
        </div>
      </div>
    </dialog>`;
  }

  private readonly leave = (): void => {
    this.app.dialogs.close(this);
  };

  protected readonly cancel = (event: Event): void => {
    event.preventDefault();
    if (event.target === event.currentTarget) this.close();
  };
}

/** Open a dialog above the page. */
export function openSheet<T extends Sheet>(
  name: string,
  app: App,
  parts: Partial<T> = {},
  begin: (dialog: T) => void = () => undefined,
): void {
  const dialog = document.createElement(name) as T;
  Object.assign(dialog, { app }, parts);
  begin(dialog);
  dialog.open(app.dialogHost);
}

export interface Question {
  title: string;
  text: string;
  confirm: string;
  run: () => void;
}

/** A question before what cannot be undone. */
export class Ask extends Sheet {
  declare asked: Question;

  override render(): TemplateResult {
    const { title, text, confirm, run } = this.asked;
    const yes = (): void => {
      this.app.dialogs.close(this);
      run();
    };
    return html`<dialog class="sheet ask" aria-labelledby="title" @cancel=${this.cancel}>
      <div class="main">
        <h2 id="title">${title}</h2>
        <p>${text}</p>
        <div class="btns">
          <button class="btn" @click=${this.close}>${this.t("dialog.cancel")}</button>
          <button class="btn fill danger" @click=${yes}>${confirm}</button>
        </div>
      </div>
    </dialog>`;
  }

  protected override firstFocus(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(".btn");
  }
}

define("codelocks-ask", Ask);
