bank =
    🏦 <b>Bank transfer</b>
    From { $least } to { $most }. The money arrives when an operator has seen the transfer.

    How much?
bank-own =
    ✍️ <b>Another sum</b>
    Write a sum in roubles from { $least } to { $most }.
bank-sum-refused = ⚠️ One sum in roubles within these bounds is needed.
bank-details =
    🏦 <b>Transfer { $amount }</b>
    Bank: { $bank }
    Card: <code>{ $card }</code>
    Holder: { $holder }
    Phone: <code>{ $phone }</code>

    Write this code in the message of the transfer:
    <code>{ $code }</code>
    Good until { $moment }.

    Done? Press “I paid” and send the receipt.
bank-send-receipt =
    🧾 <b>Send the receipt for { $amount }</b>
    A photo, or the file from your bank's app. One is enough.
receipt-wrong-file = ⚠️ This does not look like a receipt: a photo or a document of at most 20 MB is needed.
receipt-taken =
    ✅ <b>We have your receipt for { $amount }</b>
    An operator will look at the transfer and credit the money. We will write as soon as it is decided.
receipt-already =
    ⏳ <b>An operator has your receipt for { $amount }</b>
    One is enough. We will write as soon as it is decided.
receipt-closed =
    ℹ️ This order ({ $amount }) has been decided.
    If you have transferred once more, make a new order and send the receipt for it.
receipt-too-many =
    ✋ Too many receipts for one day.
    Please send the one for { $amount } tomorrow: the order will wait.
button-bank = 🏦 Bank transfer
button-bank-own = ✍️ Another sum
button-bank-pending = ⏳ Unfinished: { $amount }
button-bank-paid = ✅ I paid
button-bank-details = ← Details
help-top-up-bank = A bank transfer works, too: choose a sum, transfer it with the code in its message and send the receipt. The money arrives when an operator has seen the transfer.
