/** A dialog that the stack can close. */
export interface Closable extends HTMLElement {
  /** Whether it may close at once; if not, it asks. */
  mayClose(): boolean;
  closeNow(): void;
}

interface PageState {
  codelocks?: number;
}

const depth = (): number => (history.state as PageState | null)?.codelocks ?? 0;

/** Open dialogs, each an entry of the browser's history: a phone's back button closes them. */
export class DialogStack {
  private readonly open: Closable[] = [];

  start(): void {
    window.addEventListener("popstate", this.onBack);
  }

  stop(): void {
    window.removeEventListener("popstate", this.onBack);
    while (this.open.length) this.open.pop()?.closeNow();
  }

  get size(): number {
    return this.open.length;
  }

  push(dialog: Closable): void {
    this.open.push(dialog);
    this.pushState();
  }

  /** Close a dialog, and take its entry out of the history. */
  close(dialog: Closable): void {
    if (this.open.at(-1) !== dialog) return;
    this.open.pop();
    dialog.closeNow();
    if (depth() > this.open.length) history.back();
  }

  private pushState(): void {
    const state = { ...(history.state as PageState | null), codelocks: this.open.length };
    history.pushState(state, "");
  }

  private readonly onBack = (): void => {
    while (this.open.length > depth()) {
      const top = this.open.at(-1);
      if (!top) return;
      if (!top.mayClose()) {
        this.pushState();
        return;
      }
      this.open.pop();
      top.closeNow();
    }
  };
}
