/** The cards, and the editor of the dashboard. */
import "./editor";
import "./lock-card";
import "./make-card";

export const editor = (): HTMLElement => document.createElement("codelocks-dashboard-editor");
