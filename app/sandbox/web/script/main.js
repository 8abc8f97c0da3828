// Puts the page together and follows the sandbox.

import { telegram } from "./api.js";
import { takeDropsAndPastes } from "./attachments.js";
import { follow } from "./changes.js";
import { buildHead, drawChat, toBottom } from "./chat.js";
import { refreshBot } from "./commands.js";
import { buildComposer, drawComposer } from "./composer.js";
import { byId, iconButton } from "./dom.js";
import { buildPanel, refresh } from "./panel.js";
import { drawPeople, drawSwitch, gather, isOfCast, load, switchButton } from "./people.js";
import { chatOf, on, state } from "./state.js";
import { themeButton } from "./theme.js";
import { language, say } from "./words.js";

const PANEL = "sandbox-panel";
const phone = matchMedia("(max-width: 759px)");
const narrow = matchMedia("(max-width: 1199px)");

function showPanel(isShown) {
  byId("panel").hidden = !isShown;
  document.body.classList.toggle("with-panel", isShown);
  byId("panel-button").setAttribute("aria-expanded", String(isShown));
  byId("scrim").hidden = !(isShown && narrow.matches);
  if (!narrow.matches) localStorage.setItem(PANEL, isShown ? "open" : "closed");
  if (isShown) refresh();
  if (isShown && narrow.matches) byId("panel").querySelector("button").focus();
}

function showPeople(isShown) {
  const wasShown = document.body.classList.contains("with-people");
  document.body.classList.toggle("with-people", isShown);
  if (phone.matches) byId("scrim").hidden = !isShown;
  if (isShown) byId("people").querySelector("[aria-current]").focus();
  else if (wasShown && phone.matches) byId("switch").focus();
}

function closeDrawers() {
  showPeople(false);
  if (narrow.matches && !byId("panel").hidden) closePanel();
}

function closePanel() {
  showPanel(false);
  byId("panel-button").focus();
}

function drawAll() {
  drawPeople(() => showPeople(false));
  drawSwitch();
  drawChat();
  drawComposer();
}

function build() {
  document.documentElement.lang = language;
  document.title = say("title");
  const panelButton = iconButton("sliders", say("panel-open"), () => showPanel(byId("panel").hidden), { id: "panel-button", "aria-expanded": "false" });
  buildHead({ switchButton: switchButton(() => showPeople(true)), themeButton: themeButton(), panelButton });
  buildComposer();
  buildPanel(closePanel);
  takeDropsAndPastes();
  byId("scrim").addEventListener("click", closeDrawers);
  document.addEventListener("keydown", (event) => event.key === "Escape" && !byId("scrim").hidden && closeDrawers());
  narrow.addEventListener("change", () => showPanel(!narrow.matches));
}

on("chats", drawAll);
on("person", () => {
  drawAll();
  toBottom();
  if (!phone.matches) byId("field").focus();
});

async function begin() {
  await Promise.all([gather(), refreshBot()]);
  const { last_change: known } = await telegram.get(`chats/${state.me}`);
  await Promise.all(state.people.filter((person) => isOfCast(person.id) || person.id === state.me).map((person) => load(chatOf(person.id))));
  build();
  drawAll();
  toBottom();
  showPanel(!narrow.matches && localStorage.getItem(PANEL) !== "closed");
  document.body.classList.add("ready");
  await follow(known);
}

begin();
