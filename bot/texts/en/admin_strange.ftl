admin-strange =
    ❓ <b>Strange payments</b>
    Money that fitted no order. The oldest first.
admin-strange-none = ❓ There are no strange payments.
admin-strange-line = • No. { $number } · { $amount } · { $why }
admin-strange-card =
    ❓ <b>Payment no. { $number }</b> · { $method } · { $moment }
    Came in: { $amount } { $currency }, which is { $booked }
    Why it is here: { $why }
    <code>{ $charge }</code>
admin-strange-credited = 💰 Credited to { $id }
admin-strange-suspended = ⏸ On nobody's balance. Payer: { $id }
admin-strange-order = 🧾 Order no. { $number } of { $amount } { $currency }: { $name } ({ $id })
admin-strange-no-order = 🧾 There is no such order
admin-strange-refund = ↩️ Refund: { $state }
admin-strange-decided-by = ✅ Decided: { $actor }
admin-strange-ask-person =
    👤 <b>To whom payment no. { $number }</b> ({ $amount })
    Send their id or @name and the reason in one line, for example: 123456 found in the statement
admin-strange-person-needed = ⚠️ A person is needed, and the reason after them.
admin-strange-ask-note =
    📌 <b>Leave payment no. { $number }</b> ({ $amount }) as it is
    Write why.
admin-strange-decided = ⚠️ This payment was decided about already.
admin-strange-gone = ⚠️ There is no such payment.
strange-unknown-order = there is no such order
strange-wrong-person = somebody else's order
strange-wrong-currency = another currency
strange-wrong-amount = another amount
strange-fits = fits its order
button-admin-strange = ❓ Strange: { $count }
button-strange = ❓ No. { $number } · { $amount }
button-strange-owner = 🧾 Credit the order's owner
button-strange-assign = 👤 Credit somebody
button-strange-keep = 📌 Leave it with a note
button-strange-to-owner = 🧾 Order's owner
button-strange-to-holder = 💰 Who has it
button-strange-queue = ❓ Strange payments
