admin-refund-all =
    🧯 <b>Money back for everything that is stuck</b>
    Ordered since { $since }: generations { $count }, people { $people }, in money <b>{ $amount }</b>
    It is what we have the money for and its person has no result of: stuck on the way for over 15 minutes, paid and not delivered for as long, and what could not be sent. For failures the money goes back at once: they are not in here.
admin-refund-all-why = Nothing is done yet. To give it back, write the reason.
admin-refund-all-none =
    🧯 <b>Nothing to give back</b>
    Of what was ordered since { $since } nothing is stuck or lost. For failures the money goes back at once.
admin-refund-all-changed = ⚠️ The numbers changed while you decided: nothing is done.
admin-confirm-refund-all =
    🧯 <b>Give { $amount } back</b>
    Ordered since { $since }: generations { $count }, people { $people }
admin-refund-run =
    🧯 <b>Refund of many No. { $number }</b>
    Going on: { $done } of { $count }
    Generations given back: { $returned }, people: { $people }, in money <b>{ $amount }</b>
    Ended by themselves: { $left }
    Reason: { $reason }
admin-refund-run-ended =
    ✅ <b>Refund of many No. { $number } is done</b>
    Decided: { $done } of { $count }
    Generations given back: { $returned }, people: { $people }, in money <b>{ $amount }</b>
    Ended by themselves: { $left }
    Reason: { $reason }
admin-refund-run-none = 🧯 There was no refund of many yet.
admin-ask-hours =
    🧯 <b>Of how many hours?</b>
    Send a whole number.
admin-hours-refused = ⚠️ It takes a whole number of hours, { $most } at most.
button-admin-refund-all = 🧯 Refund of many
button-refund-all-hours = { $hours } h
button-refund-all-own = ✏️ Another period
button-refund-all-agree = ✅ Give { $amount } back for { $count }
button-refund-run = 📋 The last refund
