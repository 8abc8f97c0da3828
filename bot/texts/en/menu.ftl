greeting = Hello, <b>{ $name }</b>!
greeting-new =
    Hello, <b>{ $name }</b>!
    I make pictures, video and sound from your words. You see the price first; if something fails, the money comes back by itself.
menu =
    💰 You can spend: <b>{ $balance }</b>{ $bonus }

    ✨ { $models } { $models ->
        [one] model
       *[other] models
    } to choose from. Tap a button, or just write what to make: “a ginger cat on a roof”.
greeting-bonus = 🎁 On your balance already: { $bonus } as a bonus.
menu-bonus = 🎁 Of this, as a bonus: { $bonus }
cancelled-draft = ✖️ Cancelled. Nothing was charged.
nothing-to-cancel = There is nothing to cancel: no order is unfinished.
unknown-command = There is no such command. Here is what I can do:
unsupported = I do not understand this yet. Please send a text, a photo, a video or a voice message.
too-fast = ✋ Too fast: I cannot keep up with so many messages and taps a minute. Please wait a minute, and we go on.
too-fast-toast = Too fast. Please wait a minute
banned = You have no access to this bot.
error = 😔 That did not work. We know about it already, and no money is lost. Please try again: /menu
error-alert = That did not work. We know about it already, no money is lost. Please try again.
button-menu = 🏠 Menu
button-balance = 💰 Balance
button-history = 🕘 History
button-language = 🌐 Language
button-help = Help
button-resume = ▶️ Go on: { $model }
button-quick = ⚡ Quick actions
button-search = 🔎 Search
button-best = 🏆 Best models
button-trending = 🔥 Trending
button-all-categories = 🗂 All categories
button-free = 🎁 Free
button-favourites = ⭐ Favourites
button-invite = 👥 Invite friends
button-settings-menu = Settings
button-support = Support
button-back = ← Back
button-cancel = ✖️ Cancel
button-choice-marked = ✓ { $label }
button-page-before = ← Page { $page } of { $count }
button-page-after = Page { $page } of { $count } →
toast-unchanged = You are already here
toast-old-button = This button is out of date. Here is a fresh screen.
toast-chat-busy = Too many messages in this chat right now. Tap again in { $seconds } s.
toast-cancelled = Cancelled
pace-sometimes = { $usual }, now and then up to { $slow }
duration-seconds = { $seconds } s
duration-minutes = { $minutes } min
duration-minutes-seconds = { $minutes } min { $seconds } s
