// The side panel: what goes wrong on purpose, and what the stand-ins count.

import { kie, telegram } from "./api.js";
import { byId, el, iconButton } from "./dom.js";
import { CHOICES, DELAY, FAULTS, valueOf } from "./knobs.js";
import { toast, tried } from "./notices.js";
import { isOfCast } from "./people.js";
import { on, personOf, state } from "./state.js";
import { subscriptionsOf } from "./subscriptions.js";
import { number, say } from "./words.js";

const PAUSE_MS = 700;
const GIFT = 1000;
const LATEST = 20;
let parts = null;
let planned = null;

/** Makes the panel once; it fills itself while it is open. */
export function buildPanel(close) {
  parts = { knobs: {}, faults: {} };
  const head = el("div", { class: "side-head" }, el("h2", {}, say("panel-title")), iconButton("close", say("close"), close));
  const reset = el("button", { type: "button", class: "secondary wide", onclick: backToNormal }, say("panel-reset"));
  byId("panel").setAttribute("aria-label", say("panel-title"));
  byId("panel").replaceChildren(head, el("div", { class: "side-body" }, el("p", { class: "why" }, say("panel-intro")), reset, kieSection(), telegramSection(), starsSection(), refusedSection()));
}

function section(title, ...inside) {
  return el("section", {}, el("h3", {}, say(title)), inside);
}

function setting(key, control, inline = null) {
  control.id = `knob-${key}`;
  control.setAttribute("aria-describedby", `why-${key}`);
  return el("div", { class: "setting" }, el("label", { for: control.id }, say(key)), el("div", { class: "setting-control" }, control, inline), el("p", { class: "why", id: `why-${key}` }, say(`${key}-why`)));
}

function kieSection() {
  const delay = el("input", { type: "range", min: 0, max: DELAY.most, step: 0.5, value: String(DELAY.usual) });
  const shown = el("output", { class: "amount" });
  const showDelay = () => (shown.textContent = `${number.format(Number(delay.value))} ${say("seconds")}`);
  delay.addEventListener("input", showDelay);
  delay.addEventListener("change", () => turn("delay", Number(delay.value) === DELAY.usual ? null : Number(delay.value)));
  const credits = el("input", { type: "number", min: 0, step: 1, inputmode: "numeric" });
  const set = el("button", { type: "button", class: "secondary", onclick: () => setCredits(credits) }, say("set"));
  Object.assign(parts, { delay, showDelay, credits });
  return section("kie-title", setting("kie-delay", delay, shown), CHOICES.map(choice), setting("kie-credits", credits, set));
}

function choice({ knob, values }) {
  const options = [["", "none"], ...values.map((value) => [String(value), value])];
  const select = el("select", {}, options.map(([value, name]) => el("option", { value }, say(`kie-${knob}-${name}`))));
  select.addEventListener("change", () => {
    const chosen = values.find((value) => String(value) === select.value);
    turn(knob, chosen === undefined ? null : chosen);
  });
  parts.knobs[knob] = select;
  return setting(`kie-${knob}`, select);
}

async function turn(knob, value) {
  await tried(() => kie.post("knobs", { [knob]: value }));
  await refresh();
}

async function setCredits(input) {
  await tried(() => kie.post("credits", { credits: Number(input.value) }));
  input.blur();
  await refresh();
}

function telegramSection() {
  return section("tg-title", el("p", { class: "why" }, say("tg-why")), el("ul", { class: "faults" }, FAULTS.map(fault)));
}

function fault({ kind }) {
  const name = say(`tg-${kind}`);
  const armed = el("span", { class: "armed", role: "status" });
  const onclick = async () => {
    await tried(() => telegram.post("faults", { kind }));
    await refresh();
  };
  const add = el("button", { type: "button", class: "secondary", "aria-label": say("tg-add", { name }), data: { fault: kind }, onclick }, "+1");
  parts.faults[kind] = armed;
  return el("li", {}, el("div", {}, el("strong", {}, name), " ", armed, el("p", { class: "why" }, say(`tg-${kind}-why`))), add);
}

function starsSection() {
  parts.stars = el("div", { class: "stars" });
  parts.subscriptions = el("div", { class: "stars" });
  return section("stars-title", parts.stars, parts.subscriptions);
}

function refusedSection() {
  parts.refused = el("div", {});
  return section("refused-title", el("p", { class: "why" }, say("refused-why")), parts.refused);
}

async function backToNormal() {
  await tried(() => Promise.all([kie.delete("knobs"), telegram.delete("faults")]));
  toast(say("panel-reset-done"));
  await refresh();
}

/** Reads the stand-ins and shows what they say; nothing happens while the panel is closed. */
export async function refresh() {
  if (byId("panel").hidden) return;
  const [{ knobs }, faults, credits, stars, people, subscriptions, mine, theirs] = await Promise.all([
    kie.get("knobs"),
    telegram.get("faults"),
    kie.get("credits"),
    telegram.get("stars"),
    telegram.get("people"),
    subscriptionsOf(personOf(state.me)),
    telegram.get("violations"),
    kie.get("violations"),
  ]);
  showKnobs(knobs, credits.credits);
  showFaults(faults);
  showStars(stars, people);
  keepingFocus(parts.subscriptions, subscriptions);
  showRefused(mine, theirs.violations.filter((it) => it.refused));
}

function showKnobs(knobs, credits) {
  for (const [knob, select] of Object.entries(parts.knobs)) select.value = String(valueOf(knobs, knob) ?? "");
  if (document.activeElement !== parts.delay) parts.delay.value = String(valueOf(knobs, "delay") ?? DELAY.usual);
  if (document.activeElement !== parts.credits) parts.credits.value = String(credits);
  parts.showDelay();
}

function showFaults(faults) {
  for (const [kind, armed] of Object.entries(parts.faults)) {
    const count = faults.filter((it) => it.kind === kind).reduce((sum, it) => sum + it.times, 0);
    armed.textContent = count ? say("tg-armed", { count: number.format(count) }) : "";
  }
}

function showStars(stars, people) {
  const now = new Map(people.map((person) => [person.id, person]));
  const shown = state.people.filter((person) => isOfCast(person.id) || person.id === state.me).map((person) => now.get(person.id) || person);
  const line = (name, amount, button = null) => el("div", { class: "star-line" }, el("span", { dir: "auto" }, name), el("strong", {}, `⭐ ${number.format(amount)}`), button);
  const give = (person) => el("button", { type: "button", class: "secondary", "aria-label": say("stars-add", { name: person.first_name }), onclick: () => gift(person) }, `+${number.format(GIFT)}`);
  keepingFocus(parts.stars, [line(say("stars-bot"), stars.balance), ...shown.map((person) => line(person.first_name, person.stars, give(person)))]);
}

/** Replaces what is in `place` unless it would be the same, so that focus and selection stay. */
function keepingFocus(place, nodes) {
  const next = place.cloneNode(false);
  next.append(...nodes);
  if (place.isEqualNode(next)) return;
  const label = place.contains(document.activeElement) ? document.activeElement.getAttribute("aria-label") : null;
  place.replaceChildren(...next.childNodes);
  if (label) [...place.querySelectorAll("button")].find((node) => node.getAttribute("aria-label") === label)?.focus();
}

async function gift(person) {
  await tried(() => telegram.post(`people/${person.id}/stars`, { amount: GIFT }));
  await refresh();
}

function showRefused(mine, theirs) {
  const lines = [
    ...mine.map((it) => [`Telegram ${it.method}`, `${it.error_code} ${it.reason}`]),
    ...theirs.map((it) => [`KIE ${it.model || it.call}`, `${it.code} ${it.message}`]),
  ].slice(-LATEST);
  const forget = el("button", { type: "button", class: "secondary", onclick: forgive }, say("refused-clear"));
  const list = el("ul", { class: "refused" }, lines.map(([what, why]) => el("li", {}, el("strong", {}, what), el("span", {}, why))));
  keepingFocus(parts.refused, lines.length ? [list, mine.length ? forget : ""] : [el("p", { class: "fine" }, `✓ ${say("refused-none")}`)]);
}

async function forgive() {
  await tried(() => telegram.delete("violations"));
  await refresh();
}

on("person", () => tried(refresh));
on("panel", () => {
  if (planned !== null || byId("panel").hidden) return;
  planned = setTimeout(() => {
    planned = null;
    tried(refresh);
  }, PAUSE_MS);
});
