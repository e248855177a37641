const CURRENT = "/codelocks_static/current/codelocks-cards.js";
/** The folder that this file came from: an update changes its name, and with it every address. */
const OURS = import.meta.url.split("/").at(-2);

/** Ask whether the server has newer files than this tab, which may be open since before an update. */
export async function isOutdated(): Promise<boolean> {
  try {
    const { ok, url } = await fetch(CURRENT, { method: "HEAD" });
    return ok && url.split("/").at(-2) !== OURS;
  } catch {
    return false; // gone again; it is asked when it is back
  }
}
