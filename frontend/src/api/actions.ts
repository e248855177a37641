import type { Schedule } from "../format/week";
import type { Hass } from "./ha";
import type { Delivery, LedgerRow, MakeAnswer, PlanAnswer, Revealed, Wish } from "./types";

interface ServiceAnswer<T> {
  response: T;
}

/** How home-assistant-js-websocket says that an answer never came. */
const ERR_CONNECTION_LOST = 3;

/** Call an action of ours; what it answers goes to this browser only. */
async function call<T>(hass: Hass, service: string, data: object, answers = true): Promise<T> {
  const answer = await hass.callWS<ServiceAnswer<T>>({
    type: "call_service",
    domain: "codelocks",
    service,
    service_data: data,
    return_response: answers,
  });
  return answer.response;
}

export const plan = (hass: Hass, wish: Wish): Promise<PlanAnswer> =>
  call(hass, "plan_netcode", wish);

export const make = (hass: Hass, wish: Wish, name: string): Promise<MakeAnswer> =>
  call(hass, "generate_netcode", { ...wish, ...(name ? { name } : {}) });

export const ledger = (hass: Hass, deviceIds: readonly string[]): Promise<{ netcodes: LedgerRow[] }> =>
  call(hass, "get_netcodes", { device_id: deviceIds, reveal: true });

export const withdraw = (hass: Hass, ids: readonly string[]): Promise<unknown> =>
  call(hass, "withdraw_netcode", { id: ids });

/** `message` is a template: it never carries the digits of a code. */
export const send = (
  hass: Hass,
  ids: readonly string[],
  entityId: string,
  message?: string,
): Promise<{ deliveries: Delivery[] }> =>
  call(hass, "send_netcode", {
    id: ids,
    notify_entity_id: [entityId],
    ...(message ? { message } : {}),
  });

/** Read doors, or all that there are. */
export const refresh = (hass: Hass, deviceIds?: readonly string[]): Promise<{ read: number }> =>
  call(hass, "refresh", deviceIds ? { device_id: deviceIds } : {});

export type ClientAction =
  | "add_client"
  | "update_client"
  | "suspend_client"
  | "restore_client"
  | "delete_client";

export interface ClientResult {
  device_id: string;
  ok: boolean;
  /** The API's word, or why not. */
  result: string;
  /** What somebody else changed meanwhile. */
  note?: string;
}

export const setClient = (
  hass: Hass,
  action: ClientAction,
  deviceIds: readonly string[],
  email: string,
  data: object = {},
): Promise<{ results: ClientResult[] }> =>
  call(hass, action, { device_id: deviceIds, email, ...data });

/** Read a schedule helper of Home Assistant: its week. */
export async function schedule(hass: Hass, entityId: string): Promise<Schedule> {
  const answer = await hass.callWS<ServiceAnswer<Record<string, Schedule>>>({
    type: "call_service",
    domain: "schedule",
    service: "get_schedule",
    target: { entity_id: entityId },
    return_response: true,
  });
  return answer.response[entityId] ?? {};
}

export const reveal = (hass: Hass, id: string): Promise<Revealed> =>
  hass.callWS<Revealed>({ type: "codelocks/reveal", netcode_id: id });

/**
 * Whether the connection broke before the answer. The code comes by itself where nothing could be
 * sent, and as the error of a whole answer where one was awaited.
 */
export function isLost(error: unknown): boolean {
  const { code, error: inner } = (error ?? {}) as { code?: unknown; error?: { code?: unknown } };
  return [error, code, inner?.code].includes(ERR_CONNECTION_LOST);
}

/** The key of the sentence, where the server names it. */
export function reasonKey(error: unknown): string {
  const key = (error as { translation_key?: unknown } | null)?.translation_key;
  return typeof key === "string" ? key : "";
}

/** The cloud's words for a code that opens once, or null where the lock has none. */
export async function singleUse(hass: Hass, deviceId: string): Promise<Mode | null> {
  const { modes } = await call<{ modes: Mode[] }>(hass, "get_durations", { device_id: deviceId });
  return modes.find((mode) => /single|\bone|\bonce/i.test(`${mode.mode} ${mode.sub_mode}`)) ?? null;
}

export interface Mode {
  mode: string;
  sub_mode: string;
}
