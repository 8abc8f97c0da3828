admin-dead =
    ☠️ <b>Dead work: { $count }</b>
    Nobody will try it again by itself. The newest first.
admin-dead-none = ✅ No event and no job is dead.
admin-dead-line =
    <b>No. { $number }</b> · { $work } { $whose }
    { $age } ago, attempts: { $count } · { $trouble }
admin-dead-whose-generation = · generation No. { $number }
admin-dead-whose-person = · { $id }
admin-dead-card = ☠️ <b>No. { $number } · { $work }</b>
admin-dead-name = <code>{ $name }</code>
admin-dead-when = Died: { $moment }, { $age } ago
admin-dead-attempts = Attempts: { $count }
admin-dead-trouble = Why: { $trouble }
admin-dead-error = <code>{ $error }</code>
admin-dead-generation = ✨ Generation No. { $number }
admin-dead-person = 👤 { $id }
admin-ask-replay =
    🔁 <b>Try No. { $number } again: { $work }</b>
    Write why.
admin-ask-replay-kind =
    🔁 <b>Try all of this kind again: { $work }</b>
    Write why.
admin-dead-replayed = ✅ Trying again: { $count }
admin-dead-gone = ⚠️ Somebody else had it tried again before.
trouble-storage = the database was away
trouble-outside = somebody outside refused
trouble-time = it took too long
trouble-senseless = what came makes no sense
trouble-crash = the process ended each time
trouble-defect = a mistake in the program
work-telegram = a message or a tap
work-kie = news from the provider of the models
work-start = sending a generation to the provider
work-check = looking at a generation
work-deliver = the delivery of a result
work-tell = the news of a failure
work-restore = the search for a lost result
work-original = sending an original
work-staff-tell = news from the staff
work-refund-all = a refund of many
work-receipt = a receipt of a transfer
work-payment-refund = the refund of a payment
work-renewal = stopping a subscription
work-other = a job of the house
duration-hours = { $hours } h
button-admin-dead = ☠️ Dead: { $count }
button-admin-dead-list = ☠️ Dead work
button-dead = No. { $number }
button-dead-replay = 🔁 Try again
button-dead-replay-kind = 🔁 Try all of this kind again
button-dead-generation = ✨ Generation No. { $number }
