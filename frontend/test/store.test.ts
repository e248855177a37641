import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Connection } from "../src/api/ha";
import type { SnapshotEvent } from "../src/api/types";
import { Store } from "../src/state/store";
import { SNAPSHOT } from "../dev/fixtures";

/** A connection of a server that may refuse. */
class Line {
  connected = true;
  refuses: string | null = null;
  asked = 0;
  private hear: ((event: SnapshotEvent) => void)[] = [];
  private readonly callbacks: Record<string, () => void> = {};

  get connection(): Connection {
    return {
      connected: this.connected,
      subscribeMessage: <T>(callback: (message: T) => void, _message: object, options?: object) => {
        expect(options).toEqual({ resubscribe: false });
        this.asked += 1;
        if (this.refuses) return Promise.reject({ code: this.refuses });
        this.hear.push(callback as (event: SnapshotEvent) => void);
        return Promise.resolve(() => Promise.resolve());
      },
      addEventListener: (event, callback) => {
        this.callbacks[event] = callback;
      },
      removeEventListener: () => undefined,
    };
  }

  tell(event: SnapshotEvent): void {
    for (const hear of this.hear) hear(event);
  }

  lose(): void {
    this.hear = [];
    this.callbacks.disconnected?.();
  }

  find(): void {
    this.callbacks.ready?.();
  }
}

describe("what the server told", () => {
  let line: Line;
  let store: Store;

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("fetch", () => Promise.reject(new Error("offline")));
    line = new Line();
    store = new Store(
      () => undefined,
      () => Date.now(),
    );
    store.attach(line.connection);
    line.tell(SNAPSHOT);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("has names that turn nothing around them", () => {
    const [lock] = SNAPSHOT.locks ?? [];
    const [code] = SNAPSHOT.codes ?? [];
    if (!lock || !code) throw new Error("no rows");
    const turned = "Gate \u202e\u2066etag \u05d3\u200e";
    line.tell({ locks: [{ ...lock, name: turned }], codes: [{ ...code, name: turned, lock_name: turned }] });
    const straight = "Gate etag \u05d3\u200e";
    expect(store.locks.map((one) => one.name)).toEqual([straight]);
    expect(store.codes.map((one) => [one.name, one.lock_name])).toEqual([[straight, straight]]);
  });

  it("comes by one subscription for each connection", () => {
    line.lose();
    expect([store.state, store.connected]).toEqual(["ready", false]);
    line.find();
    vi.advanceTimersByTime(500);
    line.tell(SNAPSHOT);
    expect([store.state, store.connected, line.asked]).toEqual(["ready", true, 2]);
  });

  it("is asked for once the frontend has ended what it had before, and again where nothing comes", () => {
    line.lose();
    line.find();
    expect(line.asked).toBe(1);
    vi.advanceTimersByTime(500);
    expect([store.connected, line.asked]).toEqual([false, 2]);
    vi.advanceTimersByTime(10_000);
    expect([store.connected, line.asked]).toEqual([false, 3]);
    line.tell(SNAPSHOT);
    vi.advanceTimersByTime(60_000);
    expect([store.connected, line.asked]).toEqual([true, 3]);
  });

  it("stands while a server starts that does not know us yet", async () => {
    line.lose();
    line.refuses = "unknown_command";
    line.find();
    await vi.advanceTimersByTimeAsync(12_000);
    expect([store.state, store.connected, line.asked]).toEqual(["ready", false, 4]);
    expect(store.locks).toBe(SNAPSHOT.locks);
    line.refuses = null;
    await vi.advanceTimersByTimeAsync(5_000);
    line.tell({ locks: [] });
    expect([store.connected, store.locks]).toEqual([true, []]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(line.asked).toBe(5);
  });

  it.each([
    ["another/codelocks-cards.js", true, true],
    ["state/codelocks-cards.js", true, false],
    ["current/codelocks-cards.js", false, false],
  ])("is looked at for an update when the server is back: %s", async (path, ok, outdated) => {
    const asked = vi.fn(() => Promise.resolve({ ok, url: `http://home/codelocks_static/${path}` }));
    vi.stubGlobal("fetch", asked);
    line.tell({ codes: [] });
    expect(asked).not.toHaveBeenCalled();
    line.lose();
    line.find();
    vi.advanceTimersByTime(500);
    line.tell(SNAPSHOT);
    line.tell({ codes: [] });
    await vi.advanceTimersByTimeAsync(0);
    expect([store.outdated, asked.mock.calls.length]).toEqual([outdated, 1]);
  });

  it("is nothing for who is refused", async () => {
    line.lose();
    line.refuses = "unauthorized";
    line.find();
    await vi.advanceTimersByTimeAsync(60_000);
    expect([store.state, line.asked]).toEqual(["refused", 2]);
  });
});
