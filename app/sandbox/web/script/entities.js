// Text with entities → nodes. Offsets are UTF-16 units, which is how JavaScript counts, too.

import { el } from "./dom.js";
import { follow } from "./links.js";
import { copy } from "./notices.js";
import { say } from "./words.js";

const PLAIN = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
};
const MARKS = ["mention", "hashtag", "cashtag", "text_mention"];

/** A fragment that shows `text`; nothing in it is ever read as markup. */
export function formatted(text, entities = []) {
  const sorted = [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
  const fragment = document.createDocumentFragment();
  fragment.append(...nodes(text, 0, text.length, sorted));
  return fragment;
}

function nodes(text, from, to, entities) {
  const made = [];
  let at = from;
  let rest = entities;
  while (rest.length) {
    const [entity, ...others] = rest;
    const begin = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    const inside = others.filter((other) => other.offset < end);
    rest = others.filter((other) => other.offset >= end);
    if (begin >= end) {
      rest = [...inside, ...rest];
      continue;
    }
    if (begin > at) made.push(text.slice(at, begin));
    made.push(wrapped(entity, text.slice(begin, end), nodes(text, begin, end, inside)));
    at = end;
  }
  if (at < to) made.push(text.slice(at, to));
  return made.map((node, index) => withoutBreaks(node, made[index - 1], made[index + 1]));
}

/** A block begins and ends a line by itself: the line breaks beside it would show as empty lines. */
function withoutBreaks(node, before, after) {
  if (typeof node !== "string") return node;
  const begun = isBlock(before) ? node.replace(/^\n/, "") : node;
  return isBlock(after) ? begun.replace(/\n$/, "") : begun;
}

function isBlock(node) {
  return node instanceof Element && node.matches("pre, blockquote");
}

function wrapped(entity, raw, inside) {
  const { type } = entity;
  if (PLAIN[type]) return el(PLAIN[type], {}, inside);
  if (MARKS.includes(type)) return el("span", { class: "mark" }, inside);
  if (type === "code") return el("code", { title: say("copy"), onclick: () => copy(raw) }, inside);
  if (type === "pre") return el("pre", { tabindex: "0" }, el("code", {}, inside));
  if (type === "spoiler") return spoiler(inside);
  if (type === "blockquote") return el("blockquote", {}, inside);
  if (type === "expandable_blockquote") return expandable(inside);
  const address = addressOf(entity, raw);
  return address ? link(address, inside) : el("span", {}, inside);
}

function addressOf({ type, url }, raw) {
  if (type === "text_link") return url;
  if (type === "url") return raw.includes("://") ? raw : `https://${raw}`;
  if (type === "email") return `mailto:${raw}`;
  if (type === "phone_number") return `tel:${raw}`;
  return type === "bot_command" ? `command:${raw}` : null;
}

/** A link: commands, the bot's own deep links and invoices work inside of the page, the rest opens elsewhere. */
function link(address, inside) {
  const scheme = address.split(":")[0].toLowerCase();
  if (!["http", "https", "tg", "mailto", "tel", "command"].includes(scheme)) return el("span", {}, inside);
  if (scheme === "command" || scheme === "tg") {
    return el("button", { type: "button", class: "linklike", onclick: () => follow(address) }, inside);
  }
  const onclick = (event) => follow(address, { justInside: true }) && event.preventDefault();
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer", onclick }, inside);
}

function spoiler(inside) {
  const node = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": say("spoiler") }, inside);
  const show = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    node.classList.add("shown");
    for (const name of ["role", "tabindex", "aria-label"]) node.removeAttribute(name);
  };
  node.addEventListener("click", show, { once: true });
  node.addEventListener("keydown", show);
  return node;
}

function expandable(inside) {
  const more = el("button", { type: "button", class: "linklike more", "aria-expanded": "false" }, say("show-more"));
  const quote = el("blockquote", { class: "folded" }, el("div", {}, inside), more);
  more.addEventListener("click", () => {
    const folded = quote.classList.toggle("folded");
    more.textContent = say(folded ? "show-more" : "show-less");
    more.setAttribute("aria-expanded", String(!folded));
  });
  return quote;
}
