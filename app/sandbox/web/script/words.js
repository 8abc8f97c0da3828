// The page's own words, in the browser's language. What the bot says comes from the bot.

import { EN } from "./words_en.js";
import { RU } from "./words_ru.js";

export const language = (navigator.language || "en").toLowerCase().startsWith("ru") ? "ru" : "en";
const WORDS = language === "ru" ? RU : EN;

/** The words of `key`, with {names} filled in. */
export function say(key, names = {}) {
  const words = WORDS[key];
  if (words === undefined) throw new Error(`no words for ${key}`);
  return words.replace(/\{(\w+)\}/g, (_, name) => names[name]);
}

export const number = new Intl.NumberFormat(language);
const CLOCK = new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });

export function clock(seconds) {
  return CLOCK.format(new Date(seconds * 1000));
}

export function day(seconds) {
  const date = new Date(seconds * 1000);
  const today = new Date();
  return date.toDateString() === today.toDateString() ? say("today") : DAY.format(date);
}

export function size(bytes = 0) {
  const steps = [say("bytes"), say("kilobytes"), say("megabytes")];
  let amount = bytes;
  let step = 0;
  for (; amount >= 1024 && step < 2; step += 1) amount /= 1024;
  return `${number.format(amount >= 10 || step === 0 ? Math.round(amount) : Math.round(amount * 10) / 10)} ${steps[step]}`;
}

export function duration(seconds = 0) {
  const whole = Math.max(0, Math.round(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
