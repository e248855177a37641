import type { ReactiveController, ReactiveControllerHost } from "lit";

export const SHOWN_SECONDS = 60;

/**
 * Holds codes for as long as they are shown: 60 seconds, and not while the tab is hidden or after
 * the element has left. What it held is gone then, from memory and, by the next draw, from the DOM.
 */
export class Held<T> implements ReactiveController {
  value: T | null = null;
  left = 0;
  private timer?: ReturnType<typeof setInterval>;
  private until = 0;

  constructor(
    private readonly host: ReactiveControllerHost,
    /** Is told before the value goes. */
    private readonly dropping: (value: T) => void = () => undefined,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener("visibilitychange", this.onHidden);
    window.addEventListener("pagehide", this.drop);
  }

  hostDisconnected(): void {
    document.removeEventListener("visibilitychange", this.onHidden);
    window.removeEventListener("pagehide", this.drop);
    this.drop();
  }

  show(value: T): void {
    // An answer may come when nobody looks any more.
    if (document.visibilityState === "hidden") {
      this.dropping(value);
      return;
    }
    this.value = value;
    this.again();
  }

  /** Begin the time anew. */
  again(): void {
    clearInterval(this.timer);
    this.until = performance.now() + SHOWN_SECONDS * 1000;
    this.left = SHOWN_SECONDS;
    this.timer = setInterval(() => this.count(), 1000);
    this.host.requestUpdate();
  }

  readonly drop = (): void => {
    clearInterval(this.timer);
    if (this.value !== null) this.dropping(this.value);
    this.value = null;
    this.left = 0;
    this.host.requestUpdate();
  };

  private count(): void {
    this.left = Math.max(0, Math.ceil((this.until - performance.now()) / 1000));
    if (this.left === 0) this.drop();
    else this.host.requestUpdate();
  }

  private readonly onHidden = (): void => {
    if (document.visibilityState === "hidden") this.drop();
  };
}
