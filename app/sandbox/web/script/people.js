// Who one can be: two users and the operator, made on the first visit, and everybody else in this sandbox.

import { telegram } from "./api.js";
import { byId, el, icon, iconButton } from "./dom.js";
import { summary } from "./message.js";
import { chatOf, emit, fromBot, ordered, personOf, state } from "./state.js";
import { clock, language, say } from "./words.js";

// The operator's id is OPERATOR_ID of app/launch.py: the bot knows its operators by their ids.
const CAST = [
  { id: 9_000_002, first_name: "Анна", username: "anna_sandbox", language_code: "ru", role: "role-user-ru" },
  { id: 9_000_003, first_name: "Ben", username: "ben_sandbox", language_code: "en", role: "role-user-en" },
  { id: 9_000_001, first_name: say("operator"), username: "operator_sandbox", language_code: language, role: "role-operator" },
];
const COLOURS = 6;
const REMEMBERED = "sandbox-person";

/** Makes those of the cast who are missing, and knows everybody. */
export async function gather() {
  const there = new Set((await telegram.get("people")).map((person) => person.id));
  for (const { role, ...person } of CAST) {
    if (!there.has(person.id)) await telegram.post("people", person);
  }
  await refreshPeople();
  const remembered = Number(localStorage.getItem(REMEMBERED));
  state.me = personOf(remembered) ? remembered : firstForBrowser();
}

function firstForBrowser() {
  return CAST.find((person) => person.language_code === language).id;
}

export async function refreshPeople() {
  const everyone = await telegram.get("people");
  const place = (person) => (CAST.findIndex((one) => one.id === person.id) + CAST.length + 1) % (CAST.length + 1);
  state.people = everyone.sort((one, other) => place(one) - place(other) || one.id - other.id);
}

/** Reads what a chat holds now. */
export async function load(chat) {
  const [about, messages] = await Promise.all([telegram.get(`chats/${chat.id}`), telegram.get(`chats/${chat.id}/messages`)]);
  for (const message of messages) {
    chat.messages.set(message.message_id, message);
    chat.revisions.set(message.message_id, (chat.revisions.get(message.message_id) || 0) + 1);
  }
  chat.keyboard = about.keyboard;
  chat.loaded = true;
}

/** Becomes another person. */
export async function become(id) {
  emit("leaving");
  state.me = id;
  localStorage.setItem(REMEMBERED, String(id));
  const chat = chatOf(id);
  chat.unread = 0;
  if (!chat.loaded) await load(chat);
  emit("person");
}

export function isOfCast(id) {
  return CAST.some((person) => person.id === id);
}

export function avatar(person) {
  const letter = [...person.first_name][0].toUpperCase();
  return el("span", { class: `avatar colour${person.id % COLOURS}`, "aria-hidden": "true" }, letter);
}

/** The list at the left; on a phone it slides in. */
export function drawPeople(close) {
  const list = state.people.map((person) => el("li", {}, entry(person, close)));
  const had = byId("people").contains(document.activeElement) ? document.activeElement.dataset.person : null;
  byId("people").replaceChildren(
    el("div", { class: "side-head" }, el("h2", {}, say("people")), iconButton("close", say("close"), close, { class: "side-close" })),
    el("nav", { "aria-label": say("people") }, el("ul", {}, list)),
    el("p", { class: "side-note" }, say("people-hint")),
  );
  if (had) byId("people").querySelector(`[data-person="${had}"]`)?.focus();
}

function entry(person, close) {
  const chat = chatOf(person.id);
  const last = ordered(chat).at(-1);
  const isMe = person.id === state.me;
  const onclick = async () => {
    close();
    await become(person.id);
  };
  const words = last ? `${fromBot(last) ? "" : `${say("you")}: `}${summary(last)}` : say("no-messages");
  return el(
    "button",
    { type: "button", class: "person", "aria-current": isMe ? "true" : null, data: { person: person.id }, onclick },
    avatar(person),
    el(
      "span",
      { class: "person-words" },
      el("span", { class: "person-line" }, el("strong", { dir: "auto" }, nameOf(person)), last && el("time", { class: "faint" }, clock(last.date))),
      el("span", { class: "person-role" }, roleOf(person)),
      el("span", { class: "person-line" }, el("span", { class: "person-last", dir: "auto" }, words), chat.unread > 0 && el("span", { class: "badge" }, String(chat.unread))),
    ),
  );
}

function nameOf(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}

function roleOf(person) {
  const part = CAST.find((one) => one.id === person.id);
  return say(part ? part.role : "role-user");
}

/** The head's button on a phone: who I am, and the way to be somebody else. */
export function switchButton(open) {
  return el("button", { type: "button", id: "switch", onclick: open });
}

export function drawSwitch() {
  const person = personOf(state.me);
  const button = byId("switch");
  const unread = [...state.chats.values()].some((chat) => chat.unread > 0 && chat.id !== state.me);
  button.setAttribute("aria-label", say("switch-person", { name: person.first_name }));
  button.title = say("people");
  button.replaceChildren(avatar(person), el("span", { class: "switch-name", dir: "auto" }, person.first_name), icon("chevron"), unread ? el("span", { class: "dot" }) : "");
}
