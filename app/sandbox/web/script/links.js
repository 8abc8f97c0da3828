// Where links lead: some of Telegram's own are acted upon here, in the sandbox.

import { telegram } from "./api.js";
import { tried } from "./notices.js";
import { payLink } from "./pay.js";
import { share } from "./share.js";
import { state } from "./state.js";

const TELEGRAM_HOSTS = ["t.me", "telegram.me"];

/** Acts on an address; true when the page did it itself. `justInside` leaves other addresses to the browser. */
export function follow(address, { justInside = false } = {}) {
  if (address.startsWith("command:")) return sendText(address.slice("command:".length)), true;
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url && TELEGRAM_HOSTS.includes(url.hostname) && insideTelegram(url)) return true;
  if (url && !justInside && ["http:", "https:"].includes(url.protocol)) window.open(url, "_blank", "noopener");
  return false;
}

function insideTelegram(url) {
  const path = decodeURIComponent(url.pathname.slice(1));
  if (path.startsWith("$") || path.startsWith("invoice/")) return payLink(url.href), true;
  if (path === "share/url") return share(url.searchParams.get("url") || "", follow), true;
  if (path.toLowerCase() !== (state.bot.username || "").toLowerCase()) return false;
  const payload = url.searchParams.get("start");
  sendText(payload ? `/start ${payload}` : "/start");
  return true;
}

/** Writes to the bot as the person who is shown. */
export function sendText(text, extra = {}) {
  return tried(() => telegram.post(`chats/${state.me}/messages`, { person: state.me, text, ...extra }));
}
