import type { ReactiveController, ReactiveControllerHost } from "lit";

const SIZE = 24;

export interface Page<T> {
  number: number;
  /** Place of its first row in the list. */
  from: number;
  /** Null: out of sight, a gap of this height stands for it. */
  rows: readonly T[] | null;
  height: number;
}

/**
 * Draws of a long list only what is in sight: pages of rows, and gaps for the others. The element
 * of each page has its number in `data-page`.
 */
export class Pages implements ReactiveController {
  private seen = new Set([0]);
  private readonly heights = new Map<number, number>();
  private readonly observer = new IntersectionObserver((found) => this.look(found), {
    rootMargin: "800px 0px",
  });

  constructor(private readonly host: ReactiveControllerHost & { renderRoot: ParentNode }) {
    host.addController(this);
  }

  hostDisconnected(): void {
    this.observer.disconnect();
  }

  hostUpdated(): void {
    for (const page of this.host.renderRoot.querySelectorAll("[data-page]")) {
      this.observer.observe(page);
    }
  }

  /** Begin again at the top, as after another search. */
  reset(): void {
    this.seen = new Set([0]);
    this.heights.clear();
    // Told anew of all, also of those that stay.
    this.observer.disconnect();
  }

  /** Cut a list; `guess` is the height of a row that was never seen. */
  of<T>(rows: readonly T[], guess: number): Page<T>[] {
    return Array.from({ length: Math.ceil(rows.length / SIZE) }, (_, number) => {
      const from = number * SIZE;
      const count = Math.min(SIZE, rows.length - from);
      const height = this.heights.get(number) ?? count * guess;
      const seen = this.seen.has(number);
      return { number, from, rows: seen ? rows.slice(from, from + count) : null, height };
    });
  }

  private look(found: readonly IntersectionObserverEntry[]): void {
    const before = [...this.seen].join();
    for (const { target, isIntersecting, boundingClientRect } of found) {
      if (!target.isConnected) continue;
      const number = Number((target as HTMLElement).dataset.page);
      if (isIntersecting) this.seen.add(number);
      // What has the focus stays, so that a keyboard is not thrown back.
      else if (this.seen.has(number) && !target.matches(":focus-within")) {
        this.heights.set(number, boundingClientRect.height);
        this.seen.delete(number);
      }
    }
    if ([...this.seen].join() !== before) this.host.requestUpdate();
  }
}
