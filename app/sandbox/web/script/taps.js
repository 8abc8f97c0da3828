// Inline buttons: a tap, the spinner on it until the bot answers, and the answer.

import { telegram } from "./api.js";
import { alertOf, copy, toast, tried } from "./notices.js";
import { follow, sendText } from "./links.js";
import { payMessage } from "./pay.js";
import { emit, on, state } from "./state.js";
import { say } from "./words.js";

const PATIENCE_MS = 15_000;
const waiting = new Map(); // callback query id → the key of its button
const early = new Set(); // answers that came before the tap's own answer

export function tapKey(message, button) {
  return `${message.message_id}:${button.callback_data}`;
}

export function isWaiting(key) {
  return [...waiting.values()].includes(key);
}

/** What a tap on this inline button does. */
export function press(message, button) {
  if (button.callback_data !== undefined) return tap(message, button);
  if (button.pay) return payMessage(message);
  if (button.copy_text) return copy(button.copy_text.text);
  if (button.url) return follow(button.url);
  if (button.switch_inline_query_current_chat !== undefined) {
    return emit("compose", `@${state.bot.username} ${button.switch_inline_query_current_chat}`);
  }
  return toast(say("no-web-app"));
}

/** A reply keyboard's button is a message. */
export function pressReply(button) {
  return sendText(button.text);
}

async function tap(message, button) {
  const key = tapKey(message, button);
  const draft = Symbol(key);
  const chat = message.chat.id;
  waiting.set(draft, key);
  mark();
  const body = { person: state.me, message_id: message.message_id, data: button.callback_data };
  const asked = await tried(() => telegram.post(`chats/${chat}/taps`, body));
  waiting.delete(draft);
  const query = asked && asked.callback_query_id;
  if (query && !early.delete(query)) {
    waiting.set(query, key);
    setTimeout(() => giveUp(query), PATIENCE_MS);
  }
  mark();
}

function giveUp(query) {
  if (!waiting.delete(query)) return;
  toast(say("tap-unanswered"));
  mark();
}

on("callback", (answer) => {
  if (!waiting.delete(answer.id)) early.add(answer.id);
  mark();
  if (answer.person !== state.me) return;
  if (answer.text) (answer.show_alert ? alertOf : toast)(answer.text);
  if (answer.url) follow(answer.url);
});

/** Puts spinners where answers are awaited, on whatever is drawn now. */
export function mark() {
  for (const node of document.querySelectorAll(".key[data-key]")) {
    const busy = isWaiting(node.dataset.key);
    node.classList.toggle("busy", busy);
    node.setAttribute("aria-busy", String(busy));
  }
}
