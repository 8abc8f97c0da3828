// Small words that pass (toasts) and words that wait for OK (alerts).

import { byId, el } from "./dom.js";
import { say } from "./words.js";

const SHOWN_MS = 4500;

export function toast(words) {
  const note = el("div", { class: "toast", dir: "auto" }, words);
  byId("toasts").append(note);
  setTimeout(() => note.remove(), SHOWN_MS);
}

/** Shows a dialog over everything and takes it away when it is closed; `build(close)` makes what is in it. */
export function openDialog(name, label, build) {
  const dialog = el("dialog", { class: name, "aria-label": label });
  dialog.append(...build(() => dialog.close()));
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

export function alertOf(words) {
  return openDialog("sheet alert", words, (close) => [
    el("p", { class: "sheet-text", dir: "auto" }, words),
    el("div", { class: "sheet-actions" }, el("button", { type: "button", class: "primary", onclick: close }, say("ok"))),
  ]);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(say("copied"));
  } catch {
    toast(say("copy-failed"));
  }
}

/** Runs what a person asked for; a refusal is said, not thrown. */
export async function tried(work) {
  try {
    return await work();
  } catch (error) {
    toast(say("failed", { reason: error.message }));
    return undefined;
  }
}
