// Files from a person: chosen, dropped or pasted; looked at once more; sent, several as an album.

import { telegram, upload } from "./api.js";
import { byId, el, icon, iconButton } from "./dom.js";
import { openDialog, toast, tried } from "./notices.js";
import { current, emit, state } from "./state.js";
import { say, size } from "./words.js";

const LARGEST_BYTES = 50 * 1024 * 1024;
const LARGEST_ALBUM = 10;
const PHOTO_BYTES = 10 * 1024 * 1024;
const PICTURES = ["image/jpeg", "image/png", "image/webp", "image/bmp"];

/** As what Telegram's clients send a file. */
export function kindOfFile(file, asFiles) {
  if (asFiles) return "document";
  if (file.type === "image/gif") return "animation";
  if (PICTURES.includes(file.type)) return file.size > PHOTO_BYTES ? "document" : "photo";
  if (file.type === "video/mp4") return "video";
  return file.type === "audio/mpeg" || file.type === "audio/mp4" || file.type === "audio/x-m4a" ? "audio" : "document";
}

/** Opens the window in which the files get a caption. */
export function offer(files, { asFiles = false } = {}) {
  const chosen = [...files].filter(isSmallEnough);
  if (!chosen.length) return;
  const list = el("ul", { class: "chosen" });
  const caption = el("textarea", { rows: 2, maxlength: 1024, placeholder: say("caption"), "aria-label": say("caption"), dir: "auto" });
  const plain = el("input", { type: "checkbox" });
  plain.checked = asFiles;
  const send = el("button", { type: "submit", class: "primary" });
  const draw = () => {
    list.replaceChildren(...chosen.map((file) => el("li", {}, ...row(file, () => remove(file)))));
    send.textContent = say("send-files", { count: counted(chosen.length) });
  };
  const remove = (file) => {
    chosen.splice(chosen.indexOf(file), 1);
    draw();
    if (!chosen.length) dialog.close();
  };
  const onsubmit = async (event) => {
    event.preventDefault();
    send.disabled = true;
    send.textContent = say("sending");
    await tried(() => sendFiles(chosen, { caption: caption.value, asFiles: plain.checked }));
    dialog.close();
  };
  caption.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send.click();
  });
  const dialog = openDialog("sheet", say("attach"), (close) => [
    el(
      "form",
      { method: "dialog", onsubmit },
      list,
      caption,
      el("label", { class: "check" }, plain, say("as-files")),
      el("div", { class: "sheet-actions" }, el("button", { type: "button", class: "secondary", onclick: close }, say("cancel")), send),
    ),
  ]);
  draw();
  caption.focus();
}

function counted(count) {
  return count === 1 ? say("files-1") : say("files-many", { count });
}

function isSmallEnough(file) {
  if (file.size <= LARGEST_BYTES) return true;
  toast(say("too-large", { name: file.name }));
  return false;
}

function row(file, remove) {
  const isPicture = file.type.startsWith("image/");
  const thumb = isPicture ? el("img", { src: URL.createObjectURL(file), alt: "" }) : el("span", { class: "file-badge", "aria-hidden": "true" }, icon(file.type.startsWith("audio/") ? "audio" : "file"));
  if (isPicture) thumb.addEventListener("load", () => URL.revokeObjectURL(thumb.src), { once: true });
  const words = el("span", { class: "file-words" }, el("strong", { dir: "auto" }, file.name), el("span", { class: "faint" }, size(file.size)));
  return [thumb, words, iconButton("trash", say("remove-file", { name: file.name }), remove, { class: "small" })];
}

/** Sends the files to the bot: those that Telegram groups go as albums of up to ten. */
export async function sendFiles(files, { caption = "", asFiles = false, kind = null } = {}) {
  const chat = current();
  const person = state.me;
  const items = [];
  for (const file of files) items.push({ [kind || kindOfFile(file, asFiles)]: await upload(file) });
  const reply = chat.replyTo ? { reply_to: chat.replyTo.message_id } : {};
  chat.replyTo = null;
  let words = caption.trim();
  for (const batch of batches(items)) {
    const content = batch.length > 1 ? { album: batch } : batch[0];
    await telegram.post(`chats/${chat.id}/messages`, { person, ...content, ...(words ? { caption: words } : {}), ...reply });
    words = "";
  }
  emit("composer");
}

function batches(items) {
  const groups = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last && last.length < LARGEST_ALBUM && family(last[0]) && family(last[0]) === family(item)) last.push(item);
    else groups.push([item]);
  }
  return groups;
}

function family(item) {
  if (item.photo || item.video) return "visual";
  return item.audio ? "audio" : item.document ? "document" : null;
}

/** Lets a person choose files; `take` gets them. */
export function choose({ accept = "", multiple = true }, take) {
  const input = el("input", { type: "file", accept, multiple, class: "chooser" });
  input.addEventListener("change", () => {
    if (input.files.length) take([...input.files]);
    input.remove();
  });
  input.addEventListener("cancel", () => input.remove());
  document.body.append(input);
  input.click();
}

/** Takes files that are dropped on the chat or pasted anywhere. */
export function takeDropsAndPastes() {
  const chat = byId("chat");
  const veil = el("div", { id: "drop", hidden: true }, say("drop"));
  chat.append(veil);
  const hasFiles = (event) => [...(event.dataTransfer || event.clipboardData).types].includes("Files");
  chat.addEventListener("dragover", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    veil.hidden = false;
  });
  chat.addEventListener("dragleave", (event) => !chat.contains(event.relatedTarget) && (veil.hidden = true));
  chat.addEventListener("drop", (event) => {
    veil.hidden = true;
    if (!hasFiles(event)) return;
    event.preventDefault();
    offer(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (!hasFiles(event) || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    offer(event.clipboardData.files);
  });
}
