consent =
    📝 <b>One question before the first payment or file</b>
    Do you agree to the terms and to what data we keep? You can read both here. We will not ask again until they change.
consent-invoice =
    ✅ <b>Thank you, your consent is recorded</b>
    The invoice is below: pay it, and the money is here at once.
consent-recorded = ✅ <b>Thank you, your consent is recorded</b>
button-agree = ✅ Agree and go on
toast-words-changed = The terms have changed since then. Please read the new ones
