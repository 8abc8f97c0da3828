admin =
    🛠 <b>Administration</b>
    Last 24 hours
    👥 People: { $people }, seen: { $active }, new: { $arrived }
    💰 Topped up: { $paid }
    🧾 Revenue: { $revenue }, cost: { $cost }, margin: { $margin }
    ✨ Made: { $made }, failed: { $failed }

    Now
    ⏳ In progress: { $running }, events waiting: { $events }
    ⚠️ Dead events: { $dead }, dead jobs: { $jobs }
admin-log = 📜 <b>Action log</b>
admin-log-empty = 📜 <b>Action log</b>: nothing yet.
admin-log-line =
    { $moment } · { $actor } · <b>{ $action }</b>
    { $subject } { $facts }
    { $reason }
admin-not-allowed = ⚠️ Your role does not allow this.
admin-owners-only = ⚠️ Only an owner moves a sum like this.
admin-protected = ⚠️ This person is one of the staff: not like this.
admin-nobody = ⚠️ There is no such person: they have never written to the bot.
admin-no-funds = ⚠️ This person does not have that much free money.
admin-rate-refused = ⚠️ With this value we would sell below cost.
admin-not-refundable = ⚠️ There is nothing to give back for this generation.
toast-admin-not-now = Not possible: your role does not allow it, or it is gone
role-owner = owner
role-operator = operator
role-support = support
role-read-only = read-only
role-person = the person
action-credited = credit
action-debited = debit
action-banned = ban
action-unbanned = ban lifted
action-generation-refunded = generation refunded
action-payment-refunded = payment refunded
action-payment-assigned = payment found its owner
action-payment-accepted = payment left as it is
action-rates-changed = rate changed
action-role-granted = role given
action-role-taken = role taken
action-receipt-seconded = receipt: first yes
action-receipt-approved = receipt approved
action-receipt-rejected = receipt rejected
action-work-replayed = dead work tried again
action-generation-retried = a generation's step tried again
action-generation-given-up = a generation given up, its money is back
action-refund-run-begun = a refund of many begun
action-refund-run-ended = a refund of many done
action-model-put-back = model back on sale
action-market-looked-at = prices compared with the provider
action-data-exported = data exported
action-deletion-asked = deletion asked for
action-account-deleted = account deleted
command-admin = administration
button-admin-receipts = 🧾 Receipts: { $count }
button-admin-find = 🔎 Find a person
button-admin-log = 📜 Log
button-admin-rates = 💱 Rates
button-admin-crew = 👮 Staff
button-admin-refresh = 🔄 Refresh
button-admin-back = ← Administration
