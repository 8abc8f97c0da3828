// The menu of commands that the bot told Telegram.

import { telegram } from "./api.js";
import { el } from "./dom.js";
import { commandsFor, personOf, state } from "./state.js";
import { say } from "./words.js";

/** Reads what the bot says about itself. */
export async function refreshBot() {
  const { user, settings, attended } = await telegram.get("bot");
  state.bot = user;
  state.settings = settings;
  state.isAwake = attended;
}

/** A menu over `field`: opens on "/", filters as one types; a choice goes into the field and is sent by `send`. */
export class CommandMenu {
  constructor(field, button, send) {
    this.field = field;
    this.send = send;
    this.button = button;
    this.node = el("div", { class: "commands", role: "listbox", id: "commands", "aria-label": say("commands"), hidden: true });
    this.at = 0;
    button.setAttribute("aria-haspopup", "listbox");
    field.setAttribute("aria-controls", "commands");
    button.addEventListener("click", () => (this.node.hidden ? this.open("/") : this.close()));
    field.addEventListener("input", () => this.followField());
    field.addEventListener("keydown", (event) => this.onKey(event), { capture: true });
    field.addEventListener("blur", () => setTimeout(() => !this.node.contains(document.activeElement) && this.close(), 150));
  }

  async open(prefix) {
    await refreshBot();
    this.show(prefix);
    this.field.focus();
  }

  followField() {
    const text = this.field.value;
    if (/^\/\w*$/.test(text)) this.show(text);
    else this.close();
  }

  show(prefix) {
    const found = commandsFor(personOf(state.me)).filter((it) => `/${it.command}`.startsWith(prefix.toLowerCase()));
    this.at = 0;
    this.node.replaceChildren(...found.map((it, index) => this.option(it, index)));
    this.node.hidden = found.length === 0;
    this.button.setAttribute("aria-expanded", String(!this.node.hidden));
    this.markOption();
  }

  option({ command, description }, index) {
    const onmousedown = (event) => event.preventDefault();
    const onclick = () => this.choose(index);
    const words = [el("strong", {}, `/${command}`), el("span", { dir: "auto" }, description)];
    return el("div", { class: "command", role: "option", id: `command-${index}`, data: { command }, onmousedown, onclick }, words);
  }

  markOption() {
    [...this.node.children].forEach((node, index) => node.setAttribute("aria-selected", String(index === this.at)));
    this.node.children[this.at]?.scrollIntoView({ block: "nearest" });
    if (this.node.hidden) this.field.removeAttribute("aria-activedescendant");
    else this.field.setAttribute("aria-activedescendant", `command-${this.at}`);
  }

  onKey(event) {
    if (this.node.hidden) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    const count = this.node.children.length;
    if (steps[event.key]) this.at = (this.at + steps[event.key] + count) % count;
    else if (event.key === "Enter" && !event.shiftKey) this.choose(this.at);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
    this.markOption();
  }

  choose(index) {
    const { command } = this.node.children[index].dataset;
    this.field.value = `/${command}`;
    this.close();
    this.send();
  }

  close() {
    this.node.hidden = true;
    this.button.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}
