/**
 * The folder that this file came from: an update changes its name, and with it every address.
 * A tab that was open during an update still runs what it loaded before.
 */
export const VERSION = import.meta.url.split("/").at(-2);
