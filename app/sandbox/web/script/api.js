// The sandbox's two control APIs: Telegram's people and chats, and KIE's knobs.

const TELEGRAM = "/sandbox/telegram/";
const KIE = "/sandbox/kie/";

/** The sandbox did not do it; `message` is its reason. */
export class ApiError extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

async function call(url, method, body, signal) {
  const isForm = body instanceof FormData;
  const answer = await fetch(url, {
    method,
    signal,
    headers: body && !isForm ? { "Content-Type": "application/json" } : {},
    body: isForm ? body : body && JSON.stringify(body),
  });
  const said = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new ApiError(answer.status, said.error || `HTTP ${answer.status}`);
  return said;
}

function caller(prefix) {
  return {
    get: (path, signal) => call(prefix + path, "GET", undefined, signal),
    post: (path, body = {}) => call(prefix + path, "POST", body),
    delete: (path) => call(prefix + path, "DELETE"),
  };
}

export const telegram = caller(TELEGRAM);
export const kie = caller(KIE);

/** Uploads one file → the token that a message names it by. */
export async function upload(file, name = file.name) {
  const form = new FormData();
  form.append("file", file, name || "file");
  return (await telegram.post("files", form)).file;
}

export function fileUrl(fileId) {
  return `${TELEGRAM}files/${encodeURIComponent(fileId)}`;
}
