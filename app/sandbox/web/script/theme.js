// Light or dark: as the system says until a person says otherwise.

import { iconButton } from "./dom.js";
import { say } from "./words.js";

const REMEMBERED = "sandbox-theme";
const system = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : system.matches;
}

/** The button that changes it. */
export function themeButton() {
  const chosen = localStorage.getItem(REMEMBERED);
  if (chosen) document.documentElement.dataset.theme = chosen;
  const place = document.createElement("span");
  const draw = () => place.replaceChildren(iconButton(isDark() ? "sun" : "moon", say("theme"), toggle, { id: "theme" }));
  const toggle = () => {
    const wanted = isDark() ? "light" : "dark";
    document.documentElement.dataset.theme = wanted;
    localStorage.setItem(REMEMBERED, wanted);
    draw();
    place.firstChild.focus();
  };
  system.addEventListener("change", draw);
  draw();
  return place;
}
