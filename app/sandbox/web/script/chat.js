// The open chat: its head, its messages, and staying at the newest one.

import { byId, el, icon } from "./dom.js";
import { sendText } from "./links.js";
import { bubble } from "./message.js";
import { current, fromBot, on, ordered, personOf, state, botText, emit } from "./state.js";
import { mark } from "./taps.js";
import { day, say } from "./words.js";

const NEAR_PX = 120;
const TOGETHER_SECONDS = 300;
const ACTIONS = { typing: "bot-typing", upload_photo: "bot-photo", upload_video: "bot-video", record_video: "bot-video", upload_voice: "bot-audio", record_voice: "bot-audio", upload_document: "bot-file" };

let drawn = new Map(); // key → {node, signature}
let shownChat = null;
let isStuck = true; // to the newest message: what loads late must not push it out of sight

/** Draws what changed in the open chat. */
export function drawChat() {
  const chat = current();
  const isOther = shownChat !== chat.id;
  const wasNear = isOther || isStuck;
  if (isOther) {
    drawn = new Map();
    byId("log").replaceChildren();
    shownChat = chat.id;
  }
  reconcile(chat.loaded ? items(chat) : []);
  byId("chat").classList.toggle("empty", chat.loaded && chat.messages.size === 0);
  drawStatus();
  mark();
  if (wasNear) toBottom();
  else byId("down").hidden = isNear();
}

function isNear() {
  const scroll = byId("scroll");
  return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR_PX;
}

export function toBottom() {
  isStuck = true;
  byId("scroll").scrollTop = byId("scroll").scrollHeight;
}

function onScroll() {
  isStuck = isNear();
  if (isStuck) byId("down").hidden = true;
}

function reconcile(wanted) {
  const log = byId("log");
  const next = new Map();
  let place = log.firstChild;
  for (const item of wanted) {
    const before = drawn.get(item.key);
    const isSame = before && before.signature === item.signature;
    const node = isSame ? before.node : item.build(before && before.node);
    if (before && !isSame) before.node.replaceWith(node);
    if (before && before.node === place) place = node;
    if (node === place) place = node.nextSibling;
    else log.insertBefore(node, place);
    next.set(item.key, { node, signature: item.signature });
    drawn.delete(item.key);
  }
  for (const { node } of drawn.values()) node.remove();
  drawn = next;
}

function items(chat) {
  const groups = albums(ordered(chat));
  if (!groups.length) return [welcome()];
  return groups.flatMap((group, index) => {
    const [message] = group;
    const before = index > 0 ? groups[index - 1].at(-1) : null;
    const isNewDay = !before || day(before.date) !== day(message.date);
    const ends = { isFirst: isNewDay || !belong(before, message), isLast: !belong(message, groups[index + 1] && groups[index + 1][0]) };
    const revisions = group.map((it) => `${it.message_id}.${chat.revisions.get(it.message_id)}`).join();
    const item = {
      key: `m${message.message_id}`,
      signature: `${revisions} ${ends.isFirst} ${ends.isLast}`,
      build: (node) => bubble(group, ends, node),
    };
    return isNewDay ? [dayItem(message), item] : [item];
  });
}

function belong(one, other) {
  return Boolean(one && other) && fromBot(one) === fromBot(other) && other.date - one.date < TOGETHER_SECONDS;
}

function albums(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    const id = message.media_group_id;
    if (id && last && last[0].media_group_id === id) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

function dayItem(message) {
  const words = day(message.date);
  return { key: `d${words}`, signature: words, build: () => el("div", { class: "pill" }, words) };
}

function welcome() {
  const person = personOf(state.me);
  const about = botText("description", person.language_code);
  const build = () =>
    el(
      "section",
      { class: "welcome" },
      el("img", { src: "/sandbox/web/icon.svg", alt: "", width: 72, height: 72 }),
      el("h2", {}, say("welcome-title")),
      el("p", {}, say("welcome")),
      about && el("p", { class: "about", dir: "auto" }, about),
      el("p", { class: "faint" }, say("welcome-next")),
    );
  return { key: "welcome", signature: about, build };
}

/** The head: who is spoken to, and what the bot is doing. */
export function buildHead({ switchButton, themeButton, panelButton }) {
  const name = el("h1", { id: "bot-name", dir: "auto" }, state.bot.first_name);
  const status = el("span", { id: "bot-status", role: "status" });
  const face = el("span", { class: "avatar bot", "aria-hidden": "true" }, el("img", { src: "/sandbox/web/icon.svg", alt: "" }));
  byId("head").replaceChildren(switchButton, face, el("div", { class: "head-words" }, name, status), themeButton, panelButton);
  const down = byId("down");
  down.append(icon("down"));
  down.className = "round";
  down.setAttribute("aria-label", say("newer"));
  down.addEventListener("click", toBottom);
  byId("log").setAttribute("aria-label", say("log"));
  byId("scroll").addEventListener("scroll", onScroll, { passive: true });
  for (const kind of ["load", "loadedmetadata"]) byId("scroll").addEventListener(kind, () => isStuck && toBottom(), { capture: true });
  new ResizeObserver(() => isStuck && toBottom()).observe(byId("scroll"));
}

export function drawStatus() {
  const { action } = current();
  const isActive = action && action.until > Date.now();
  const status = byId("bot-status");
  const words = isActive ? say(ACTIONS[action.name] || "bot-typing") : say(state.isAwake ? "bot" : "bot-waking");
  if (status.textContent !== words) status.textContent = words;
  status.classList.toggle("active", Boolean(isActive) || !state.isAwake);
  byId("bot-name").textContent = state.bot.first_name;
}

/** The button that stands in for the composer while nothing is written. */
export function startButton() {
  return el("button", { type: "button", class: "primary start", onclick: () => sendText("/start") }, say("start"));
}

on("jump", (messageId) => {
  const node = byId("log").querySelector(`[data-message="${messageId}"]`);
  if (!node) return;
  node.scrollIntoView({ block: "center" });
  node.classList.add("found");
  setTimeout(() => node.classList.remove("found"), 1500);
});

on("reply", (message) => {
  current().replyTo = message;
  emit("composer");
});

