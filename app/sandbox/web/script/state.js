// Everything the page knows, and who wants to hear when it changes.

export const state = {
  bot: { first_name: "Sandbox", username: "sandbox_bot" },
  settings: {},
  isAwake: false, // the bot has asked for updates since the sandbox was started
  people: [],
  me: null,
  chats: new Map(),
};

const listeners = new Map();

export function on(kind, listener) {
  listeners.set(kind, [...(listeners.get(kind) || []), listener]);
}

export function emit(kind, detail) {
  for (const listener of listeners.get(kind) || []) listener(detail);
}

/** The chat of a person with the bot; both have the same id. */
export function chatOf(id) {
  if (!state.chats.has(id)) {
    state.chats.set(id, {
      id,
      messages: new Map(),
      revisions: new Map(),
      keyboard: null,
      action: null,
      replyTo: null,
      draft: "",
      unread: 0,
      loaded: false,
    });
  }
  return state.chats.get(id);
}

export function current() {
  return chatOf(state.me);
}

export function personOf(id) {
  return state.people.find((person) => person.id === id);
}

/** Puts a message into its chat; the revision tells the view that it must be drawn again. */
export function put(chat, message) {
  chat.messages.set(message.message_id, message);
  chat.revisions.set(message.message_id, (chat.revisions.get(message.message_id) || 0) + 1);
}

export function ordered(chat) {
  return [...chat.messages.values()].sort((one, other) => one.message_id - other.message_id);
}

export function fromBot(message) {
  return Boolean(message.from && message.from.is_bot);
}

/** What the bot set under `what`, in the person's language or for everybody. */
export function botText(what, language) {
  return state.settings[`${what}:${language || ""}`] || state.settings[`${what}:`] || "";
}

/** The bot's commands as this person's client shows them: the narrowest scope first, then the language. */
export function commandsFor(person) {
  const scopes = [
    { type: "chat", chat_id: person.id },
    { type: "all_private_chats" },
    { type: "default" },
  ];
  for (const scope of scopes) {
    for (const language of [person.language_code || "", ""]) {
      const found = Object.entries(state.settings).find(([key]) => isCommands(key, scope, language));
      if (found && found[1] && found[1].length) return found[1];
    }
  }
  return [];
}

function isCommands(key, scope, language) {
  const match = /^commands:(\{.*\}):(\w*)$/.exec(key);
  if (!match || match[2] !== language) return false;
  const given = JSON.parse(match[1]);
  return given.type === scope.type && (given.chat_id === undefined || Number(given.chat_id) === scope.chat_id);
}
