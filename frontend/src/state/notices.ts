export interface Notice {
  text: string;
  tone?: "neutral" | "ok" | "bad";
  action?: { label: string; run: () => void };
}

const SHOWN = 8_000;
/** What failed takes longer to read. */
const FAILURE_SHOWN = 20_000;

/** One notice at a time, at the foot of the page. */
export class Notices {
  current: Notice | null = null;
  private timer?: ReturnType<typeof setTimeout>;

  constructor(private readonly changed: () => void) {}

  tell(notice: Notice): void {
    clearTimeout(this.timer);
    this.current = notice;
    this.timer = setTimeout(
      () => this.clear(),
      notice.tone === "bad" ? FAILURE_SHOWN : SHOWN,
    );
    this.changed();
  }

  clear(): void {
    clearTimeout(this.timer);
    this.current = null;
    this.changed();
  }
}
