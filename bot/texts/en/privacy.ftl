privacy =
    🔐 <b>Privacy</b>
    We keep what the bot cannot work without:
    • your name, number and language from Telegram, your settings and your consent to the terms;
    • prompts and references to the files you sent, so that your history works;
    • copies of results: for { $copy_days } days, then they are deleted;
    • money operations and receipts: the books are never rewritten;
    • messages to the bot: for { $days } days, then they are forgotten.
privacy-receivers =
    Who receives it: KIE gets the prompt and the files of an order, because it makes the result; Telegram delivers messages and takes Stars. The operator of the bot sees receipts of transfers and your operations.
privacy-rights =
    A file with all your data, and the deletion of your account: /privacy. The record of money operations stays, without your name.
privacy-contact = Where to write: /support
privacy-no-contact = The owner of the bot has not named a contact yet.
button-export = 📦 My data as a file
button-delete-account = 🗑 Delete my account
button-delete-go-on = Next: the last question
button-delete-for-good = 🗑 Delete for good
button-keep-account = ← Keep it
export-begun =
    📦 <b>The file is being made</b>
    It will come here: everything that we keep of you.
export-on-its-way =
    📦 <b>The file is being made already</b>
    You asked for it { $moment }, and it will come here.
export-sent =
    📦 <b>The file was sent already</b>
    You asked for it { $moment }. You can have a new one a day after that.
exported = 📦 Everything that we keep of you. Sums are in kopecks.
farewell =
    🗑 <b>Deleting your account</b>
    What goes: your name, settings, favourites, prompts, references to your files, copies of results and your messages to the bot. A Stars subscription is stopped.
    What stays: the books, payments, consents and the operators' log. They know your number only, without a name.
farewell-paid = 💰 Your balance has { $amount } of your own money. It is lost with the account. You can spend it first, or ask for a refund: /paysupport
farewell-bonus = 🎁 Bonuses are lost: { $amount }.
farewell-debt = ⚠️ What you owe stays: { $amount }.
farewell-on-the-way = ⏳ Work on its way: { $count }. What has not begun is cancelled. We wait for the rest and send it.
farewell-waiting = ⏳ Receipts and refunds without a decision: { $count }. We wait for it first.
farewell-back = You can come back, but without the bonus for newcomers; a ban and a debt stay.
farewell-sure =
    🗑 <b>Delete the account for good?</b>
    This cannot be undone.
farewell-sure-paid = You give up { $amount } of your balance.
leaving =
    🗑 <b>Your account is being deleted</b>
    You can order nothing more. When everything on its way has ended, your data go, and we write here.
gone =
    ✅ <b>Your account is deleted</b>
    Thank you for having been here. To begin anew: /start
being-deleted = Your account is being deleted, so nothing can be ordered. We will write when it is done.
deleted = This account was deleted. To begin anew: /start
toast-sum-changed = Your balance has changed. Please look at the sum again
