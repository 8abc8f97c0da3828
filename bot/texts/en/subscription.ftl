subscription =
    🔁 <b>Subscription</b>
    { $stars } ⭐ a month: each month { $amount } comes to your balance.
    Telegram takes the Stars by itself. You can cancel on any day: the money of a paid month is yours already.
subscription-none =
    🔁 <b>Subscription</b>
    There is no subscription now. You can top up by a pack or by any sum.
subscription-active =
    🔁 <b>Your subscription is active</b>
    Next payment on { $date }: { $stars } ⭐, and { $amount } comes to your balance.
subscription-canceled =
    🔁 <b>Your subscription is cancelled</b>
    It is paid until { $date } and will not be renewed. Until then you can resume it: { $stars } ⭐ and { $amount } a month.
subscription-failed =
    🔁 <b>Your subscription was not renewed</b>
    Telegram could not take { $stars } ⭐. It is paid until { $date }. Get more Stars and resume: { $amount } will come.
button-subscription = 🔁 Subscription
button-subscribe = Subscribe · { $stars } ⭐/mo.
button-pay-subscription = Pay { $stars } ⭐
button-cancel-subscription = Cancel the subscription
button-resume-subscription = Resume the subscription
invoice-monthly-title = Subscription
invoice-monthly-description = { $stars } ⭐ each month, and { $amount } comes to your balance in the bot. You can cancel on any day.
toast-renewal-refused = Telegram did not take it: this is how things stand now
subscription-stopped =
    🔁 <b>Your subscription will not be renewed</b>
    A month of it was refunded, so no Stars are taken on { $date }. Until then you can resume it.
