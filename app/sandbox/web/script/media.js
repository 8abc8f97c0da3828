// Photos, clips, sound and files inside of messages, and the window in which a photo is large.

import { fileUrl } from "./api.js";
import { el, icon, iconButton } from "./dom.js";
import { openDialog } from "./notices.js";
import { duration, say, size } from "./words.js";

export const KINDS = ["photo", "animation", "video", "audio", "voice", "document"];

export function kindOf(message) {
  return KINDS.find((kind) => message[kind]);
}

/** What tells one medium from another: an edit that keeps it keeps its node, so nothing flickers or stops playing. */
export function mediaKey(messages) {
  return messages.map((message) => idOf(message)).join(" ");
}

function idOf(message) {
  const medium = message[kindOf(message)];
  return medium ? (Array.isArray(medium) ? medium.at(-1) : medium).file_unique_id : "";
}

/** The media of a message, or of an album's messages. */
export function media(messages) {
  const shown = messages.filter(kindOf);
  if (!shown.length) return null;
  const isGrid = shown.length > 1 && shown.every((message) => message.photo || message.video);
  const pictures = shown.filter((message) => message.photo).map((message) => message.photo.at(-1).file_id);
  const nodes = shown.map((message) => one(message, pictures, isGrid));
  if (isGrid) return el("div", { class: `media album of${Math.min(shown.length, 5)}` }, nodes);
  return el("div", { class: `media ${shown[0].photo || shown[0].video || shown[0].animation ? "visual" : "plain"}` }, nodes);
}

function one(message, pictures, isGrid) {
  const kind = kindOf(message);
  const make = { photo, video, animation, audio, voice, document: file }[kind];
  return make(message[kind], { pictures, isGrid });
}

const WIDEST_PX = 420;
const TALLEST_PX = 400;

/** How wide the bubble of these messages is in pixels; null when its words decide. */
export function widthOf(messages) {
  const seen = messages.map((message) => (message.photo ? message.photo.at(-1) : message.video || message.animation)).filter(Boolean);
  if (!seen.length) return null;
  if (seen.length > 1) return WIDEST_PX;
  return Math.max(220, Math.min(WIDEST_PX, Math.round(ratioOf(seen[0]) * TALLEST_PX)));
}

/** Known before the bytes are there, so that the chat does not jump; very tall and very wide pictures are cropped. */
function ratioOf({ width, height }) {
  return width && height ? Math.min(Math.max(width / height, 0.7), 2.4) : 1.5;
}

function frame(item, isGrid) {
  return isGrid ? {} : { aspectRatio: String(ratioOf(item)) };
}

function photo(sizes, { pictures, isGrid }) {
  const full = sizes.at(-1);
  const shown = sizes.find((item) => Math.max(item.width, item.height) >= 800) || full;
  const image = el("img", { src: fileUrl(shown.file_id), alt: say("photo"), decoding: "async" });
  const onclick = () => enlarge(pictures, full.file_id);
  return el("button", { type: "button", class: "picture", "aria-label": say("open-photo"), style: frame(full, isGrid), onclick }, image);
}

function video(item, { isGrid }) {
  return el("video", { src: fileUrl(item.file_id), controls: true, preload: "metadata", playsinline: true, "aria-label": say("video"), style: frame(item, isGrid) });
}

function animation(item) {
  const still = (item.mime_type || "").startsWith("image/");
  const props = { src: fileUrl(item.file_id), style: frame(item, false) };
  if (still) return el("img", { ...props, alt: say("animation") });
  const clip = el("video", { ...props, loop: true, playsinline: true, controls: true, "aria-label": say("animation") });
  clip.muted = true;
  clip.autoplay = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  return clip;
}

function audio(item) {
  const title = [item.performer, item.title].filter(Boolean).join(" — ") || item.file_name || say("audio");
  const about = [duration(item.duration), item.file_size && size(item.file_size)].filter(Boolean).join(" · ");
  const href = fileUrl(item.file_id);
  const save = el("a", { class: "round small", href, download: item.file_name || "audio", title: say("download"), "aria-label": `${say("download")}: ${title}` }, icon("down"));
  const head = el("div", { class: "sound-head" }, el("div", { class: "file-words" }, el("strong", { dir: "auto" }, title), el("span", { class: "faint" }, about)), save);
  return el("div", { class: "sound" }, head, player(item, title));
}

function voice(item) {
  const head = el("div", { class: "sound-head" }, el("div", { class: "file-words" }, el("strong", {}, say("voice")), el("span", { class: "faint" }, duration(item.duration))));
  return el("div", { class: "sound" }, head, player(item, say("voice")));
}

function player(item, label) {
  return el("audio", { src: fileUrl(item.file_id), controls: true, preload: "metadata", "aria-label": label });
}

function file(item) {
  const name = item.file_name || say("document");
  const ending = name.includes(".") ? name.split(".").at(-1).slice(0, 4) : "";
  const words = el("span", { class: "file-words" }, el("strong", { dir: "auto" }, name), el("span", { class: "faint" }, size(item.file_size)));
  const badge = el("span", { class: "file-badge", "aria-hidden": "true" }, ending || icon("file"));
  return el("a", { class: "file", href: fileUrl(item.file_id), download: name, "aria-label": `${say("download")}: ${name}` }, badge, words);
}

function enlarge(pictures, fileId) {
  let at = pictures.indexOf(fileId);
  const image = el("img", { alt: say("photo") });
  const save = el("a", { class: "round", title: say("download"), "aria-label": say("download") }, icon("down"));
  const show = (step) => {
    at = (at + step + pictures.length) % pictures.length;
    image.src = fileUrl(pictures[at]);
    save.href = image.src;
    save.download = `photo-${at + 1}.jpg`;
  };
  const dialog = openDialog("lightbox", say("photo"), (close) => [
    el("div", { class: "lightbox-bar" }, save, iconButton("close", say("close"), close)),
    image,
    pictures.length > 1 && iconButton("before", say("photo-before"), () => show(-1), { class: "step left" }),
    pictures.length > 1 && iconButton("next", say("next-photo"), () => show(1), { class: "step right" }),
  ].filter(Boolean));
  image.addEventListener("click", () => dialog.close());
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowRight") show(1);
    if (event.key === "ArrowLeft") show(-1);
  });
  show(0);
}
