import { plan, reasonKey, singleUse } from "../api/actions";
import type { PlanAnswer, Wish } from "../api/types";
import { at } from "../format/times";
import type { Words } from "../format/words";
import type { App } from "./app";

const AFTER = 250;

export interface Longest {
  hours: number;
  /** When such a code ends at the latest: those of days end at midnight. */
  end: number;
}

export interface Refusal {
  text: string;
  key: string;
  /** What is possible, where the wish is too long. */
  longest: Longest | null;
}

/** What would be made, asked a moment after the last change; older answers are dropped. */
export class Planner {
  answer: PlanAnswer | null = null;
  refusal: Refusal | null = null;
  /** Codes that a chain takes, once it was asked for. */
  chain: number | null = null;

  private turn = 0;
  private timer?: ReturnType<typeof setTimeout>;

  constructor(
    private readonly app: App,
    private readonly changed: () => void,
  ) {}

  /** Ask for a wish; null: there is nothing to ask. `withChain`: what a chain would cost, too. */
  ask(wish: Wish | null, withChain: boolean, isOnce: boolean): void {
    clearTimeout(this.timer);
    const turn = ++this.turn;
    if (!wish) {
      this.set(null, null, null);
      return;
    }
    this.timer = setTimeout(() => void this.run(turn, wish, withChain, isOnce), AFTER);
  }

  stop(): void {
    clearTimeout(this.timer);
    this.turn++;
  }

  private async run(
    turn: number,
    wish: Wish,
    withChain: boolean,
    isOnce: boolean,
  ): Promise<void> {
    try {
      const answer = await plan(this.app.hass, isOnce ? await once(this.app, wish) : wish);
      const chain = withChain && !isOnce ? await this.chainLength(wish, answer) : null;
      if (turn === this.turn) this.set(answer, null, chain);
    } catch (error) {
      if (turn === this.turn) this.set(null, refusal(error, this.app.words), null);
    }
  }

  private async chainLength(wish: Wish, answer: PlanAnswer): Promise<number | null> {
    if (wish.fit === "tight") return answer.codes.length;
    try {
      return (await plan(this.app.hass, { ...wish, fit: "tight" })).codes.length;
    } catch {
      return null;
    }
  }

  private set(answer: PlanAnswer | null, no: Refusal | null, chain: number | null): void {
    this.answer = answer;
    this.refusal = no;
    this.chain = chain;
    this.changed();
  }
}

export function refusal(error: unknown, words: Words): Refusal {
  const places = (error as { translation_placeholders?: Record<string, unknown> } | null)
    ?.translation_placeholders;
  // Of several doors the answer names the one that is to blame, and its reason.
  const key = String(places?.reason_key ?? reasonKey(error));
  const hours = Number(places?.longest) * (key.endsWith("_hours") ? 1 : 24);
  const end = at(String(places?.latest_at));
  return {
    text: words.reason(error),
    key,
    longest: key.startsWith("too_long") && hours && end ? { hours, end } : null,
  };
}

/** Ask for codes that open once, in the words of the first lock. */
export async function once(app: App, wish: Wish): Promise<Wish> {
  const mode = await singleUse(app.hass, wish.device_id[0] ?? "");
  return mode ? { ...wish, ...mode } : wish;
}
