admin-payments = 💳 Newest payments: <b>{ $name }</b>
admin-payments-none = 💳 No payments yet: <b>{ $name }</b>
admin-payment-line =
    <b>No. { $number } · { $amount }</b> · { $method } · { $moment }
    <code>{ $charge }</code>
    { $state }
admin-ask-payback =
    ↩️ Send payment no. { $number } back as a whole
    A bank transfer you send back yourself first: the bot only notes it. Write the reason.
admin-paid-back = ✅ The refund has begun.
admin-paid-back-before = ⚠️ This payment went back before or is on its way, or there is none.
method-stars = Stars
method-bank = bank transfer
payment-here = here
payment-going-back = going back
payment-gone-back = gone back
payment-not-taken-back = could not be sent back
button-admin-paid = 💳 Payments
button-admin-payback = ↩️ No. { $number } · { $amount }
