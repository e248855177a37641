import { html, type ReactiveController, type ReactiveControllerHost, type TemplateResult } from "lit";
import { ref } from "lit/directives/ref.js";

const STEP = 24;

/** Draws a long list a part at a time: more of it when its end comes near. */
export class Growing implements ReactiveController {
  private limit: number;
  private readonly observer = new IntersectionObserver(
    (seen) => {
      if (seen.some((entry) => entry.isIntersecting)) this.more();
    },
    { rootMargin: "600px" },
  );
  private sentinel?: Element;

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly step = STEP,
  ) {
    this.limit = step;
    host.addController(this);
  }

  hostConnected(): void {
    if (this.sentinel) this.observer.observe(this.sentinel);
  }

  hostDisconnected(): void {
    this.observer.disconnect();
  }

  first<T>(rows: readonly T[]): readonly T[] {
    return rows.slice(0, this.limit);
  }

  /** Begin again at the top, as after another search. */
  reset(): void {
    this.limit = this.step;
  }

  /** Put this after the list. */
  end(length: number): TemplateResult {
    return html`<span ?hidden=${length <= this.limit} ${ref(this.watch)}></span>`;
  }

  private more(): void {
    this.limit += this.step;
    this.host.requestUpdate();
    // What is still in sight after the draw is told only when it is observed anew.
    void this.host.updateComplete.then(() => this.watch(this.sentinel));
  }

  private readonly watch = (element?: Element): void => {
    if (this.sentinel) this.observer.unobserve(this.sentinel);
    this.sentinel = element;
    if (element) this.observer.observe(element);
  };
}
