// Telegram's window for sharing an address. Here is no chat between people: whoever is chosen follows it at once.

import { el } from "./dom.js";
import { openDialog } from "./notices.js";
import { become } from "./people.js";
import { state } from "./state.js";
import { say } from "./words.js";

/** Asks whom to send the address to; `follow` is what a tap on it does. */
export function share(address, follow) {
  const others = state.people.filter((person) => person.id !== state.me);
  openDialog("sheet", say("share-title"), (close) => [
    el("h2", {}, say("share-title")),
    el("p", { class: "sheet-note" }, say("share-hint")),
    el("div", { class: "sheet-actions" }, others.map((person) => choice(person, close, address, follow))),
  ]);
}

function choice(person, close, address, follow) {
  const onclick = async () => {
    close();
    await become(person.id);
    follow(address);
  };
  return el("button", { type: "button", class: "secondary", dir: "auto", onclick }, person.first_name);
}
