top-up =
    ⭐ <b>Top up</b>
    You pay with Telegram Stars: { $rate }. The money arrives right after the payment.
own-amount =
    ✍️ <b>Another sum</b>
    How many Stars? Write a number from { $least } to { $most }.
    { $rate }
own-amount-refused = ⚠️ A whole number of Stars within these bounds is needed.
orders-too-many =
    ✋ That is { $most } invoices within an hour.
    Pay one of them, or try a little later.
stars-rate = { $stars } ⭐ = { $amount }
stars-names = star stars
button-top-up = ⭐ Top up
button-top-up-by = Top up { $amount } · { $stars } ⭐
button-other-sum = Another sum
button-own-amount = ✍️ Another sum
button-pack = { $stars } ⭐ · { $amount }
button-run-now = ▶️ Run now
invoice-title = Top-up
invoice-description = { $amount } to your balance in the bot for { $stars } { $stars ->
        [one] Star
       *[other] Stars
    }. The invoice is good for { $time }.
toast-invoice = The invoice is below: pay it, and the money arrives at once
