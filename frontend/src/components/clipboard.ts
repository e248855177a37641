/** Copy a text on a tap; tells whether the browser let us. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text);
  }
}

/** Copy what is not known yet, begun on the tap itself: browsers refuse it later. */
export async function copyLater(text: Promise<string>): Promise<boolean> {
  try {
    const type = "text/plain";
    const blob = text.then((value) => new Blob([value], { type }));
    // Where the browser refuses at once, nobody else waits for this.
    blob.catch(() => undefined);
    await navigator.clipboard.write([new ClipboardItem({ [type]: blob })]);
    return true;
  } catch {
    return false;
  }
}

/** Without https there is no `navigator.clipboard`. */
function copyOldWay(text: string): boolean {
  let given = false;
  const note = (event: ClipboardEvent): void => {
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
    event.stopImmediatePropagation();
    given = true;
  };
  document.addEventListener("copy", note, { capture: true, once: true });
  try {
    return document.execCommand("copy") && given;
  } catch {
    return false;
  } finally {
    document.removeEventListener("copy", note, { capture: true });
  }
}

/** The system's sheet, where there is one; Android's app has none. */
export const canShare = (): boolean => typeof navigator.share === "function";

export async function shareText(text: string): Promise<void> {
  try {
    await navigator.share({ text });
  } catch {
    // Closed without choosing anybody.
  }
}
