// A voice message from the microphone; without one, from a sound file.

import { choose, sendFiles } from "./attachments.js";
import { el, iconButton } from "./dom.js";
import { toast, tried } from "./notices.js";
import { duration, say } from "./words.js";

// Telegram takes Ogg; where the browser cannot write it, MPEG-4 passes as voice, too.
const FORMATS = [
  ["audio/ogg;codecs=opus", "voice.ogg"],
  ["audio/mp4", "voice.m4a"],
];

/** Records until it is sent or thrown away; `place(node)` shows the recording bar, `done()` takes it away. */
export async function record(place, done) {
  const format = globalThis.MediaRecorder && FORMATS.find(([type]) => MediaRecorder.isTypeSupported(type));
  const stream = format && navigator.mediaDevices && (await microphone());
  if (!stream) {
    toast(say("no-microphone"));
    choose({ accept: "audio/mpeg,audio/mp4,audio/ogg,.ogg,.mp3,.m4a", multiple: false }, (files) => tried(() => sendFiles(files, { kind: "voice" })));
    return;
  }
  const [type, name] = format;
  const recorder = new MediaRecorder(stream, { mimeType: type });
  const pieces = [];
  const began = Date.now();
  const time = el("span", { class: "record-time", role: "timer" }, duration(0));
  const ticking = setInterval(() => (time.textContent = duration((Date.now() - began) / 1000)), 250);
  const finish = (isSent) => {
    clearInterval(ticking);
    recorder.addEventListener("stop", () => {
      for (const track of stream.getTracks()) track.stop();
      if (isSent) tried(() => sendFiles([new File(pieces, name, { type: type.split(";")[0] })], { kind: "voice" }));
      done();
    });
    recorder.stop();
  };
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  recorder.start();
  place(
    el(
      "div",
      { class: "composer recording" },
      iconButton("trash", say("record-cancel"), () => finish(false)),
      el("span", { class: "record-words", role: "status" }, say("recording")),
      time,
      iconButton("send", say("record-send"), () => finish(true), { class: "accent" }),
    ),
  );
}

async function microphone() {
  try {
    return await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    return null;
  }
}
