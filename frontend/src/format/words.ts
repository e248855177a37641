import type { Localize } from "../api/ha";

export type Values = Record<string, string | number>;

/** An error as Home Assistant's websocket tells it. */
interface Failure {
  message?: unknown;
  translation_domain?: string;
  translation_key?: string;
  translation_placeholders?: Values;
}

const PREFIX = "component.codelocks.config_panel.";
const MAY_TURN = /[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufefc]/;

const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

/** Take out marks that turn what follows: where they are not closed, they turn the rest of the line. */
export const straight = (name: string): string => name.replace(TURNS, "");

/** Keep a name that is written from right to left from turning the sentence around it. */
export function isolate(name: string): string {
  return MAY_TURN.test(name) ? `\u2068${straight(name)}\u2069` : name;
}

/** The page's sentences, from the integration's translation files. */
export class Words {
  private readonly plurals: Intl.PluralRules;
  private readonly lists: Intl.ListFormat;

  constructor(
    private readonly localize: Localize,
    readonly language: string,
  ) {
    const known = Intl.PluralRules.supportedLocalesOf([language]).length ? language : "en";
    this.plurals = new Intl.PluralRules(known);
    this.lists = new Intl.ListFormat(known, { style: "long", type: "conjunction" });
  }

  /** Return a sentence. */
  t(key: string, values: Values = {}): string {
    const safe = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === "string" ? isolate(value) : value,
      ]),
    );
    return this.localize(PREFIX + key, safe);
  }

  /** Return a sentence with a count `n` in it, in the form that the language has for it. */
  n(key: string, n: number, values: Values = {}): string {
    const all = { n, ...values };
    return (
      this.t(`${key}_${this.plurals.select(n)}`, all) || this.t(`${key}_other`, all)
    );
  }

  /**
   * Say why the server refused: its sentence comes in English, so it is said anew by its key. One
   * that is about one of several doors has the key of that door's reason, too.
   */
  reason(error: unknown): string {
    const { message, translation_domain: domain, translation_key: key, ...rest } = (error ??
      {}) as Failure;
    const places = rest.translation_placeholders ?? {};
    const say = (one: string, values: Values): string =>
      this.localize(`component.${String(domain)}.exceptions.${one}.message`, values);
    const why = places.reason_key ? say(String(places.reason_key), places) : "";
    const said = key ? say(key, why ? { ...places, reason: why } : places) : "";
    return said || String(message ?? "").replace(/^Validation error: /, "");
  }

  /** Join names as the language does: "Gate, Flat 2 and Office". */
  list(names: readonly string[]): string {
    return this.lists.format(names.map(isolate));
  }
}

/** Start a text that stands by itself with a capital. */
export function capital(text: string, language: string): string {
  const [first = ""] = text;
  return first.toLocaleUpperCase(language) + text.slice(first.length);
}
