"""The client API: what people's Telegram clients and tests do with the sandbox. Prefix `/sandbox/telegram`.

JSON in, JSON out; an error is {"error": words} with status 400 (bad body), 404 (no such thing), 409 (not now).
A private chat's id is its person's id. Numbers of messages, updates and persons are integers.

Request: what it takes → what it answers.

- POST /people: {first_name, last_name?, username?, language_code?, id?} → {id}; 10,000 Stars in the pocket
- GET /people: → [{id, first_name, last_name, username, language_code, stars, status, started}]
- POST /people/{id}/block: {blocked: bool, deactivated?: bool} → {status, update_id or null}
- POST /people/{id}/stars: {amount (± Stars)} → {stars}
- GET /people/{id}/subscriptions: → [{charge (the first), state: active, canceled, canceled_by_bot or failed,
    until}]; one that is active is paid again when the clock passes `until`
- POST /people/{id}/subscriptions/{charge}: {canceled: bool} → {update_id}: in the person's own client
- POST /chats: {title, type: group or supergroup, members: [person]} → {id}
- GET /chats/{chat}: → {chat, keyboard (the reply keyboard now shown) or null, pinned, menu_button,
    last_change}
- GET /chats/{chat}/messages?after=M: → [Bot API Message …] as seen now: edited in place, deleted ones gone;
    plus `keyboard` (ReplyKeyboardMarkup, ReplyKeyboardRemove, ForceReply) and `reactions` where there are
    any
- POST /chats/{chat}/messages: {person, text} or {person, photo / video / audio / voice / document /
    animation: file, caption?} or {person, album: [{photo: file}, …], caption?} or {person, content:
    {sticker: {…}} = any fields of a Message}; reply_to?: message → {message_id, update_id, message_ids,
    update_ids}; update_id is null when the bot did not ask for such updates
- PATCH /chats/{chat}/messages/{message}: {person, text or caption} → {update_id} (edited_message)
- DELETE /chats/{chat}/messages/{message}: → {}; bots are not told
- POST /chats/{chat}/taps: {person, message_id, data} (any data, any message that ever was) or {person,
    message_id, text: words of an inline button} → {callback_query_id, update_id}; Pay →
    {pre_checkout_query_id, update_id}; other buttons → the button. A reply keyboard's button is sent as a
    text message
- GET /callbacks, GET /callbacks/{id}: → {id, person, chat, message_id, data, asked_at, answered, text,
    show_alert, url}
- POST /chats/{chat}/payments: {person, message_id or link, pay: bool} → {pre_checkout_query_id, update_id};
    {} when pay is false
- GET /payments/{pre_checkout_query_id}: → {…, state: asked, paid, declined or expired, error, charge}
- POST /inline, GET /inline/{id}: {person, query} → {inline_query_id, update_id}; → {id, query, answered,
    results}
- POST /files: multipart, one file → {file}; a message may use it, and any file_id, many times
- GET /files/{file_id}: → bytes
- GET /changes?after=N&timeout=S&chat=C: → [{n, kind, chat, at, body}]; kind: message, edited, deleted,
    reaction, pinned, callback, inline, action, payment, dropped_updates, attended
- GET /bot: → {user, settings: {key: what the bot set}, webhook: {url, allowed, error}, attended: whether the bot
    has asked for updates since the stand-in was started}
- GET /stars: → {balance, transactions: [StarTransaction], people: {id: stars}}
- POST /stars/refunds: {charge, told?: true} → {}: a refund made outside of the bot
- GET /violations, DELETE /violations: → [{n, method, error_code, reason, params, at}]: every refused call but
    403, 429 and faults; DELETE forgets them
- GET /calls?method=M&after=N: → [{n, method, params, ok, error_code, error, fault, at}] (getUpdates that went
    well are left out)
- GET /updates?after=N: → [{n, update_id, kind, queue, state: pending, delivered, expired or dropped,
    attempts, delivered, status, error, created_at, delivered_at, update}]
- POST /updates: {update: {…}, queue?} → {update_id}: raw JSON, with its own update_id if it has one
- POST /updates/{update_id}/redeliver: → {}: the same bytes once more, as a new line of the log
- POST /faults: {kind: 429, 5xx, silence or lost, method?, chat?, times?: 1, retry_after?: 1} for calls;
    {kind: duplicate, redeliver or drop, update?: kind of update, times?} for deliveries → {id}
- GET /faults, DELETE /faults: → those with times left; DELETE ends them all
- POST /clock: {advance: seconds} → {now}: everything grows older, also what waits for delivery
- POST /reset: → {}: forgets people, chats, logs, webhook, faults and the time; numbers go on counting

A fault's method may be `download`, too: the way of the bot to a file. `silence` never answers and does nothing;
`lost` does it, then breaks the connection before the answer.
"""

from app.sandbox.telegram import client_chats as chats
from app.sandbox.telegram import client_desk as desk
from app.sandbox.telegram.asking import Handler, Routes

ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "people", desk.add_person),
    ("GET", "people", desk.list_people),
    ("POST", "people/{person}/block", desk.block),
    ("POST", "people/{person}/stars", desk.give_stars),
    ("GET", "people/{person}/subscriptions", desk.subscriptions),
    ("POST", "people/{person}/subscriptions/{charge}", desk.edit_subscription),
    ("POST", "chats", desk.add_group),
    ("GET", "chats/{chat}", desk.show_chat),
    ("GET", "chats/{chat}/messages", chats.list_messages),
    ("POST", "chats/{chat}/messages", chats.send),
    ("PATCH", "chats/{chat}/messages/{message}", chats.edit),
    ("DELETE", "chats/{chat}/messages/{message}", chats.delete),
    ("POST", "chats/{chat}/taps", chats.tap),
    ("POST", "chats/{chat}/payments", chats.pay),
    ("GET", "callbacks", desk.callbacks),
    ("GET", "callbacks/{query}", desk.callback),
    ("GET", "payments/{query}", desk.payment),
    ("POST", "inline", desk.ask_inline),
    ("GET", "inline/{query}", desk.inline),
    ("POST", "files", chats.upload),
    ("GET", "files/{file}", chats.download),
    ("GET", "changes", desk.changes),
    ("GET", "bot", desk.show_bot),
    ("GET", "stars", desk.stars),
    ("POST", "stars/refunds", desk.refund),
    ("GET", "violations", desk.violations),
    ("DELETE", "violations", desk.forgive),
    ("GET", "calls", desk.calls),
    ("GET", "updates", desk.updates),
    ("POST", "updates", desk.send_raw),
    ("POST", "updates/{update}/redeliver", desk.redeliver),
    ("POST", "faults", desk.add_fault),
    ("GET", "faults", desk.faults),
    ("DELETE", "faults", desk.clear_faults),
    ("POST", "clock", desk.advance),
    ("POST", "reset", desk.reset),
)


def client_routes() -> Routes:
    """The table above, ready to serve."""
    routes = Routes()
    for method, path, handler in ROUTES:
        routes.add(method, path, handler)
    return routes
