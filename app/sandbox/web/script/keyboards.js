// Keyboards as nodes: the rows under a message, and the rows that replace the phone's own keyboard.

import { el, icon } from "./dom.js";
import { press, pressReply, tapKey } from "./taps.js";
import { number, say } from "./words.js";

/** The inline keyboard of a message; an invoice without one gets the Pay button that Telegram adds. */
export function inlineKeyboard(message) {
  const rows = (message.reply_markup && message.reply_markup.inline_keyboard) || [];
  const shown = rows.length || !message.invoice ? rows : [[{ text: "", pay: true }]];
  if (!shown.length) return null;
  return el("div", { class: "keys" }, shown.map((row) => el("div", { class: "keyrow" }, row.map((it) => key(message, it)))));
}

function key(message, button) {
  const words = button.pay ? payWords(message, button) : button.text;
  const props = {
    class: `key ${button.style || ""}`,
    title: words,
    data: button.callback_data === undefined ? {} : { key: tapKey(message, button) },
  };
  const corner = button.url ? "link" : button.copy_text ? "copy" : null;
  const inside = [el("span", { class: "key-text", dir: "auto" }, words), corner && icon(corner)];
  const onclick = () => press(message, button);
  return el("button", { type: "button", ...props, onclick }, inside);
}

function payWords(message, button) {
  const amount = number.format(message.invoice ? message.invoice.total_amount : 0);
  return button.text ? button.text.replaceAll("XTR", "⭐") : say("pay", { amount });
}

/** A reply keyboard; `done` is called after a press. */
export function replyKeyboard(markup, done) {
  const rows = markup.keyboard.map((row) =>
    el("div", { class: "keyrow" }, row.map((button) => replyKey(typeof button === "string" ? { text: button } : button, done))),
  );
  return el("div", { class: `replykeys ${markup.resize_keyboard ? "" : "tall"}`, role: "group", "aria-label": say("keyboard") }, rows);
}

function replyKey(button, done) {
  const onclick = () => {
    pressReply(button);
    done();
  };
  return el("button", { type: "button", class: `key ${button.style || ""}`, title: button.text, onclick }, el("span", { class: "key-text", dir: "auto" }, button.text));
}
