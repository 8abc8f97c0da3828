// Where a person writes: text, files, voice, commands, and the bot's own buttons.

import { telegram } from "./api.js";
import { choose, offer } from "./attachments.js";
import { startButton, toBottom } from "./chat.js";
import { CommandMenu } from "./commands.js";
import { byId, el, icon, iconButton } from "./dom.js";
import { replyKeyboard } from "./keyboards.js";
import { summary } from "./message.js";
import { tried } from "./notices.js";
import { current, fromBot, on, state } from "./state.js";
import { record } from "./voice.js";
import { say } from "./words.js";

const TALLEST_PX = 160;
let parts = null;
let isRecording = false;

/** Makes the composer once; `drawComposer` fits it to the chat. */
export function buildComposer() {
  const field = el("textarea", { id: "field", rows: 1, maxlength: 4096, placeholder: say("message"), "aria-label": say("message"), dir: "auto" });
  const commands = el("button", { type: "button", class: "round slash", title: say("commands"), "aria-label": say("commands") }, "/");
  const menu = new CommandMenu(field, commands, sendDraft);
  const attach = iconButton("attach", say("attach"), () => toggleAttach(), { "aria-haspopup": "menu", "aria-expanded": "false" });
  const keys = iconButton("keys", say("keyboard"), () => toggleKeyboard(), { hidden: true });
  const send = iconButton("send", say("send"), sendDraft, { class: "accent" });
  const mic = iconButton("mic", say("record"), startRecording);
  const quote = el("div", { class: "replying", hidden: true });
  const bar = el("div", { class: "composer" }, attach, commands, field, keys, mic, send);
  const board = el("div", { id: "board", hidden: true });
  const start = startButton();
  parts = { field, menu, attach, attachMenu: attachMenu(), keys, send, mic, quote, bar, board, start, hiddenBoard: new Set() };
  byId("foot").replaceChildren(menu.node, parts.attachMenu, quote, bar, board, start);
  field.addEventListener("input", onInput);
  field.addEventListener("keydown", onKey);
  document.addEventListener("click", (event) => !attach.contains(event.target) && toggleAttach(false));
  document.addEventListener("keydown", (event) => event.key === "Escape" && toggleAttach(false));
}

function onInput() {
  const { field, mic, send } = parts;
  current().draft = field.value;
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, TALLEST_PX)}px`;
  const hasText = field.value.trim() !== "";
  mic.hidden = hasText;
  send.hidden = !hasText;
}

function onKey(event) {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  sendDraft();
}

async function sendDraft() {
  const chat = current();
  const text = parts.field.value.trim();
  if (!text) return;
  const reply = chat.replyTo ? { reply_to: chat.replyTo.message_id } : {};
  chat.replyTo = null;
  parts.field.value = "";
  onInput();
  drawReply(chat);
  const sent = await tried(() => telegram.post(`chats/${chat.id}/messages`, { person: state.me, text, ...reply }));
  if (sent === undefined && chat === current() && !parts.field.value) {
    parts.field.value = text;
    onInput();
  }
  toBottom();
}

/** Fits the composer to the open chat: its draft, its keyboard, or the Start button of an empty one. */
export function drawComposer() {
  const chat = current();
  const { field, bar, start, keys, board } = parts;
  const isEmpty = chat.loaded && chat.messages.size === 0;
  start.hidden = !isEmpty;
  bar.hidden = isEmpty || isRecording;
  if (field.value !== chat.draft) field.value = chat.draft;
  onInput();
  drawReply(chat);
  const markup = chat.keyboard && chat.keyboard.keyboard ? chat.keyboard : null;
  if (board.markup !== markup) {
    board.markup = markup;
    parts.hiddenBoard.delete(chat.id);
    board.replaceChildren(...(markup ? [replyKeyboard(markup, () => markup.one_time_keyboard && toggleKeyboard(false))] : []));
  }
  keys.hidden = !markup;
  board.hidden = !markup || isEmpty || parts.hiddenBoard.has(chat.id);
  const placeholder = chat.keyboard && chat.keyboard.input_field_placeholder;
  field.placeholder = placeholder || say("message");
}

function drawReply(chat) {
  const { quote } = parts;
  quote.hidden = !chat.replyTo;
  if (!chat.replyTo) return;
  const name = fromBot(chat.replyTo) ? state.bot.first_name : say("you");
  const forget = () => {
    chat.replyTo = null;
    drawReply(chat);
  };
  const words = el("div", { class: "quote" }, el("strong", {}, `${say("reply-to")}: ${name}`), el("span", { dir: "auto" }, summary(chat.replyTo)));
  quote.replaceChildren(words, iconButton("close", say("reply-cancel"), forget, { class: "small" }));
}

function toggleKeyboard(wanted) {
  const { hiddenBoard } = parts;
  const isShown = wanted === undefined ? hiddenBoard.has(state.me) : wanted;
  if (isShown) hiddenBoard.delete(state.me);
  else hiddenBoard.add(state.me);
  drawComposer();
}

function attachMenu() {
  const item = (picture, key, options) =>
    el("button", { type: "button", role: "menuitem", onclick: () => choose(options, (files) => offer(files, options)) }, icon(picture), say(key));
  return el(
    "div",
    { class: "menu", role: "menu", "aria-label": say("attach"), hidden: true },
    item("picture", "attach-media", { accept: "image/*,video/mp4" }),
    item("audio", "attach-audio", { accept: "audio/*" }),
    item("file", "attach-file", { asFiles: true }),
  );
}

function toggleAttach(wanted) {
  const menu = parts.attachMenu;
  menu.hidden = wanted === undefined ? !menu.hidden : !wanted;
  parts.attach.setAttribute("aria-expanded", String(!menu.hidden));
  if (!menu.hidden) menu.querySelector("button").focus();
}

function startRecording() {
  const place = (node) => {
    isRecording = true;
    drawComposer();
    parts.bar.after(node);
    parts.recording = node;
  };
  const done = () => {
    isRecording = false;
    parts.recording.remove();
    drawComposer();
  };
  record(place, done);
}

on("composer", () => {
  drawComposer();
  // On a phone the focus would bring up the keyboard over the chat.
  if (!parts.bar.hidden && matchMedia("(hover: hover)").matches) parts.field.focus();
});

on("compose", (text) => {
  parts.field.value = text;
  onInput();
  parts.field.focus();
});
