news-credited =
    ✅ <b>{ $amount }</b> credited to you.
    Reason: { $reason }
news-debited =
    ➖ <b>{ $amount }</b> taken from your balance.
    Reason: { $reason }
news-unbanned = ✅ You may use the bot again.
news-generation-refunded =
    ↩️ <b>{ $amount }</b> given back for generation { $number }.
    Reason: { $reason }
news-payment-refunded =
    ↩️ The payment of <b>{ $amount }</b> goes back to where it came from.
    Reason: { $reason }
news-receipt-approved = ✅ Transfer { $code } was checked: <b>{ $amount }</b> credited to your balance.
news-receipt-rejected =
    ❌ Transfer { $code } for { $amount } was not confirmed.
    Reason: { $reason }

    Nothing was credited. If this is a mistake, send another receipt or write to the support.
news-payment-assigned = ✅ Your payment was found: <b>{ $amount }</b> credited to your balance.
news-refund-run-ended = 🧯 The refund of many is done: { $amount } went back for generations: { $count }, people: { $people }. Ended by themselves: { $left }.
