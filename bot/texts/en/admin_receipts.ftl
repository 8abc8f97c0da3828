admin-receipts =
    🧾 <b>Receipts to decide</b>
    The oldest first.
admin-receipts-none = 🧾 No receipt waits for a decision.
admin-receipt-file-gone = ⚠️ Telegram does not give this file any more.
receipt-waits = 🔔 <b>A new receipt</b>
receipt-facts =
    🧾 <b>Receipt no. { $number }</b> for { $amount }
    Code of the transfer: <code>{ $code }</code>
    From: { $name } · { $username } · { $id }
    Came in: { $moment }
receipt-same-file = ⛔ <b>The same file</b> came before: receipt no. { $number } from { $id }, { $state }
receipt-same-look = ⚠️ <b>Looks like</b> receipt no. { $number } from { $id }, { $state }
receipt-not-compared = ⚠️ The file could not be read: it was not compared with others.
receipt-is = Now: { $state }
receipt-first-by = ☝️ First yes: { $id }, { $amount }. A second one is needed.
receipt-approved-by = ✅ { $amount } credited, decided by { $id }
receipt-rejected-by = ❌ Rejected: { $reason } (decided by { $id })
receipt-state-received = being read
receipt-state-waiting = waits for a decision
receipt-state-seconded = waits for a second yes
receipt-state-approved = credited
receipt-state-rejected = rejected
receipt-why = Why reject it?
receipt-ask-other =
    ✏️ <b>Another sum</b> for receipt no. { $number } ({ $amount } were asked for)
    How many roubles have really come in?
receipt-ask-why =
    ❌ <b>Reject receipt no. { $number }</b>
    Write the reason: the person will see it.
receipt-sum-needed = ⚠️ A sum in roubles above zero is needed.
receipt-credited = Credited
receipt-seconded = The first yes is noted. Such a sum takes a second operator.
receipt-needs-another = Another operator is needed: the first yes is yours
receipt-too-soon = You are alone: confirm once more in a minute
receipt-unread = The file is still being read, please wait
receipt-copy = This very file was credited for another receipt
receipt-decided = Decided already
receipt-rejected-now = Rejected, the person will be told
why-not-found = the transfer was not found
why-not-readable = the receipt cannot be read
why-copy = this receipt was sent before
button-why-not-found = Transfer not found
button-why-not-readable = Not readable
button-why-copy = Sent before
button-why-own = ✏️ In my own words
button-receipt = 🧾 No. { $number } · { $amount }
button-receipt-twin = ⚠️ No. { $number } · { $amount }
button-receipt-approve = ✅ Credit { $amount }
button-receipt-other = ✏️ Another sum
button-receipt-reject = ❌ Reject
button-receipt-sender = 👤 Person
button-receipt-queue = 🧾 To the queue
