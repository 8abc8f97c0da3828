// An invoice's window: what for, how much, Pay and Refuse; then what the bot says to it.

import { telegram } from "./api.js";
import { el } from "./dom.js";
import { openDialog, toast } from "./notices.js";
import { emit, on, state } from "./state.js";
import { number, say } from "./words.js";

const PATIENCE_MS = 10_800; // the bot has 10 seconds

/** Opens the window for an invoice message. */
export function payMessage(message) {
  const { title, description, total_amount: amount } = message.invoice;
  return openPayment({ title, description, amount, target: { message_id: message.message_id } });
}

/** Opens the window for an invoice link, whose details only the bot knows. */
export function payLink(link) {
  return openPayment({ title: say("pay-title"), description: "", amount: null, target: { link } });
}

async function openPayment(bill) {
  const person = (await telegram.get("people")).find((one) => one.id === state.me);
  const isPoor = bill.amount !== null && person.stars < bill.amount;
  const status = el("p", { class: "sheet-status", role: "status" }, isPoor ? say("pay-poor") : "");
  const label = bill.amount === null ? say("pay-plain") : say("pay", { amount: number.format(bill.amount) });
  const pay = el("button", { type: "button", class: "primary", disabled: isPoor }, label);
  const refuse = el("button", { type: "button", class: "secondary" }, say("refuse"));
  const dialog = openDialog("sheet", say("pay-title"), () => [
    el("h2", { dir: "auto" }, bill.title),
    bill.description && el("p", { class: "sheet-text", dir: "auto" }, bill.description),
    el("p", { class: "sheet-note" }, say("pay-left", { amount: number.format(person.stars) })),
    status,
    el("div", { class: "sheet-actions" }, refuse, pay),
  ].filter(Boolean));
  refuse.addEventListener("click", () => refused(person.id, bill.target, dialog));
  pay.addEventListener("click", () => paid(person.id, bill.target, { dialog, status, pay }));
}

async function refused(person, target, dialog) {
  dialog.close();
  await telegram.post(`chats/${person}/payments`, { person, pay: false, ...target });
}

async function paid(person, target, { dialog, status, pay }) {
  pay.disabled = true;
  status.textContent = say("pay-waiting");
  try {
    const begun = await telegram.post(`chats/${person}/payments`, { person, pay: true, ...target });
    const outcome = await settled(begun.pre_checkout_query_id);
    if (outcome.state === "paid") {
      dialog.close();
      toast(say("pay-done"));
    } else {
      status.textContent = say(outcome.state === "declined" ? "pay-declined" : "pay-expired", { reason: outcome.error });
      pay.disabled = false;
    }
    emit("panel");
  } catch (error) {
    status.textContent = say("failed", { reason: error.message });
    pay.disabled = false;
  }
}

const waiting = new Map();
const early = new Map();

on("payment", (outcome) => {
  const resolve = waiting.get(outcome.pre_checkout_query_id);
  if (resolve) resolve(outcome);
  else early.set(outcome.pre_checkout_query_id, outcome);
});

function settled(query) {
  if (early.has(query)) return Promise.resolve(early.get(query));
  return new Promise((resolve) => {
    waiting.set(query, resolve);
    setTimeout(async () => resolve(await telegram.get(`payments/${query}`)), PATIENCE_MS);
  });
}
