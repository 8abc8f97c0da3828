// Follows what happens in the sandbox, by one long poll after another, and puts it into the state.

import { telegram } from "./api.js";
import { refreshBot } from "./commands.js";
import { byId } from "./dom.js";
import { load, refreshPeople } from "./people.js";
import { chatOf, emit, fromBot, personOf, put, state } from "./state.js";
import { say } from "./words.js";

const POLL_SECONDS = 25;
const ACTION_MS = 5500; // Telegram shows an action for about five seconds
const PAUSE_MS = 1500;

const APPLY = {
  message(chat, message) {
    put(chat, message);
    if (message.keyboard) chat.keyboard = message.keyboard.remove_keyboard ? null : message.keyboard;
    if (!fromBot(message)) return;
    chat.action = null;
    if (chat.id !== state.me) chat.unread += 1;
  },
  edited: put,
  deleted(chat, { message_ids: gone }) {
    for (const id of gone) chat.messages.delete(id);
  },
  reaction(chat, { message_id: id, reactions }) {
    const message = chat.messages.get(id);
    if (message) put(chat, { ...message, reactions });
  },
  action(chat, { action }) {
    chat.action = { name: action, until: Date.now() + ACTION_MS };
    setTimeout(() => emit("chats", [chat.id]), ACTION_MS + 100);
  },
  callback: (_chat, answer) => emit("callback", answer),
  payment: (_chat, outcome) => emit("payment", outcome),
};

/** Never returns. `after` is the number of the last change that is known already. */
export async function follow(after) {
  let known = after;
  for (;;) {
    const found = await news(known);
    byId("offline").hidden = found !== null;
    if (found === null) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    if (!found || !found.length) continue;
    known = found.at(-1).n;
    await apply(found);
  }
}

/** What came since; null while the sandbox is away. */
async function news(known) {
  try {
    return await telegram.get(`changes?after=${known}&timeout=${POLL_SECONDS}`);
  } catch {
    byId("offline").textContent = say("offline");
    return null;
  }
}

async function apply(found) {
  const touched = new Set();
  if (found.some((it) => it.kind === "attended")) await refreshBot();
  for (const { kind, chat: id, body } of found) {
    if (id === null || id < 0) continue; // groups are not shown here
    const chat = chatOf(id);
    if (APPLY[kind]) APPLY[kind](chat, body);
    touched.add(id);
  }
  if ([...touched].some((id) => !personOf(id))) await refreshPeople();
  const mine = chatOf(state.me);
  if (!mine.loaded) await load(mine);
  emit("chats", [...touched]);
  emit("panel");
}
