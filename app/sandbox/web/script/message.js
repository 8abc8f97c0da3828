// One message, or one album, as a bubble.

import { el, icon, iconButton } from "./dom.js";
import { formatted } from "./entities.js";
import { inlineKeyboard } from "./keyboards.js";
import { kindOf, media, mediaKey, widthOf } from "./media.js";
import { emit, fromBot, state } from "./state.js";
import { clock, number, say } from "./words.js";

/** The bubble of these messages (several = an album). `before` is the node it replaces, whose media it may keep. */
export function bubble(messages, { isFirst, isLast }, before) {
  const [message] = messages;
  const service = serviceLine(message);
  if (service) return el("div", { class: "pill service" }, service);
  const side = fromBot(message) ? "theirs" : "own";
  const shown = keptMedia(messages, before);
  const words = textOf(messages);
  const inside = [quote(message), shown, message.invoice && invoice(message), words, other(message, shown, words)];
  const isBare = shown && shown.matches(".visual, .album") && !words && !message.reply_to_message;
  const body = el("div", { class: `bubble ${isBare ? "bare" : ""} ${shown ? "with-media" : ""}` }, inside, meta(messages));
  const classes = `message ${side} ${isFirst ? "first" : ""} ${isLast ? "last" : ""}`;
  const answer = iconButton("reply", say("reply"), () => emit("reply", message), { class: "small answer" });
  const width = widthOf(messages);
  const stack = el("div", { class: "stack", style: width ? { width: `${width}px` } : {} }, body, inlineKeyboard(messages.find((it) => it.reply_markup) || message), reactions(message), answer);
  const ondblclick = () => emit("reply", message);
  return el("article", { class: classes, data: { message: message.message_id, media: mediaKey(messages) }, ondblclick }, stack);
}

function keptMedia(messages, before) {
  const kept = before && before.dataset && before.dataset.media;
  const node = kept && kept === mediaKey(messages) && before.querySelector(".media");
  return node || media(messages);
}

function textOf(messages) {
  const message = messages.find((it) => it.text || it.caption);
  if (!message) return null;
  const text = message.text || message.caption;
  return el("div", { class: "text", dir: "auto" }, formatted(text, message.entities || message.caption_entities || []));
}

function meta(messages) {
  const last = messages.at(-1);
  const edited = messages.some((message) => message.edit_date);
  const ticks = fromBot(last) ? null : el("span", { class: "ticks", title: say("sent") }, icon("check"));
  return el("span", { class: "meta" }, edited && !fromBot(last) && `${say("edited")} `, clock(last.date), ticks);
}

function quote(message) {
  const replied = message.reply_to_message;
  if (!replied) return null;
  const name = fromBot(replied) ? state.bot.first_name : (replied.from && replied.from.first_name) || "";
  const onclick = () => emit("jump", replied.message_id);
  return el("button", { type: "button", class: "quote", onclick }, el("strong", {}, name), el("span", { dir: "auto" }, summary(replied)));
}

function invoice({ invoice: bill }) {
  return el(
    "div",
    { class: "invoice" },
    el("span", { class: "faint" }, say("invoice")),
    el("strong", { dir: "auto" }, bill.title),
    bill.description && el("span", { dir: "auto" }, bill.description),
    el("span", { class: "price" }, `⭐ ${number.format(bill.total_amount)}`),
  );
}

function other(message, shown, words) {
  if (shown || words || message.invoice) return null;
  const emoji = (message.sticker && message.sticker.emoji) || (message.dice && message.dice.emoji);
  return el("div", { class: emoji ? "text huge" : "text faint" }, emoji || summary(message));
}

function reactions(message) {
  const shown = (message.reactions || []).map((reaction) => reaction.emoji).filter(Boolean);
  return shown.length ? el("div", { class: "reactions" }, shown.map((emoji) => el("span", {}, emoji))) : null;
}

function serviceLine(message) {
  if (message.successful_payment) return say("paid-line", { amount: number.format(message.successful_payment.total_amount) });
  if (message.refunded_payment) return say("refunded-line", { amount: number.format(message.refunded_payment.total_amount) });
  return message.pinned_message ? say("pinned-line") : null;
}

/** A message in a few words: for quotes and for the list of people. */
export function summary(message) {
  const service = serviceLine(message);
  if (service) return service;
  const words = (message.text || message.caption || "").replace(/\s+/g, " ").slice(0, 120);
  const kind = kindOf(message) || (message.invoice && "invoice") || (message.sticker && "sticker");
  if (!kind) return words || say("other");
  return words ? `${say(kind)}: ${words}` : say(kind);
}
