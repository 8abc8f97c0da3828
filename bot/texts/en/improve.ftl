improve-working =
    ✨ <b>Improving your prompt</b>
    ⏳ This usually takes a few seconds. Your order waits.

    <b>Your prompt:</b>
    { $before }
improve-ready =
    ✨ <b>Your prompt says more now</b>

    <b>Before:</b>
    { $before }

    <b>After:</b>
    { $after }
improve-failed =
    😔 <b>It could not be improved</b>
    Nothing was charged and your prompt is as it was. You can try again.

    <b>Your prompt:</b>
    { $before }
improve-refused =
    😔 <b>This prompt could not be improved</b>
    Nothing was charged and it is as it was. Try other words.

    <b>Your prompt:</b>
    { $before }
improve-outrun =
    ✨ Your prompt changed while I was improving it. That version is dropped, nothing was charged.
card-improve-outrun = ✨ Your prompt changed while I was improving the one before: that version is dropped, nothing was charged.
button-improve = ✨ Improve the prompt
button-improve-for = ✨ Improve for { $price }
button-improve-again = 🔄 Another version
button-improve-again-for = 🔄 Another version, { $price }
button-improve-take = ✅ Take the new one
button-improve-mine = ↩️ Keep mine
button-improve-undo = ↩️ Bring my prompt back
button-improve-look = 🔄 Ready?
toast-improve-set = The prompt was replaced
toast-improve-same = Your prompt stays
toast-improve-busy = Another prompt is still being improved. A few seconds, please.
toast-improve-used-up = No free improvements are left today. Again from { $moment }.
toast-improve-lacking = There is not enough money for it. Please top up.
