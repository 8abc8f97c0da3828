// A person's subscriptions in Stars, as the settings of their own Telegram show them: until when, cancel, resume.

import { telegram } from "./api.js";
import { el } from "./dom.js";
import { tried } from "./notices.js";
import { emit } from "./state.js";
import { day, say } from "./words.js";

const TURNS = { active: "cancel", canceled: "resume" };

/** What stands in the panel about the subscriptions of this person; nothing where there are none. */
export async function subscriptionsOf(person) {
  const found = await telegram.get(`people/${person.id}/subscriptions`);
  return found.map((one) => line(person, one));
}

function line(person, { charge, state, until }) {
  const words = el("div", {}, el("strong", {}, say("sub-title")), el("p", { class: "why" }, say(`sub-${state}`, { date: day(until) })));
  const turn = TURNS[state];
  const onclick = () => change(person, charge, turn === "cancel");
  const button = turn && el("button", { type: "button", class: "secondary", data: { subscription: turn, charge }, onclick }, say(`sub-${turn}`));
  return el("div", { class: "star-line subscription" }, words, button);
}

async function change(person, charge, canceled) {
  await tried(() => telegram.post(`people/${person.id}/subscriptions/${encodeURIComponent(charge)}`, { canceled }));
  emit("panel");
}
