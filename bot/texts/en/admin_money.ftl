admin-bucket-give = ➕ Credit: <b>{ $name }</b> ({ $id })
admin-bucket-take = ➖ Debit: <b>{ $name }</b> ({ $id })
admin-bucket = Money or bonus?
admin-debt = Debt: { $amount }
admin-ask-give-cash =
    ➕ Credit money: <b>{ $name }</b> ({ $id })
    Send the sum in roubles and the reason in one line, for example: 500 payment failed
admin-ask-give-bonus =
    ➕ Credit bonus: <b>{ $name }</b> ({ $id })
    Send the sum in roubles and the reason in one line, for example: 100 for the patience
admin-ask-take-cash =
    ➖ Debit money: <b>{ $name }</b> ({ $id })
    Send the sum in roubles and the reason in one line, for example: 500 credited twice
admin-ask-take-bonus =
    ➖ Debit bonus: <b>{ $name }</b> ({ $id })
    Send the sum in roubles and the reason in one line, for example: 100 given by mistake
admin-sum-refused = ⚠️ A sum above zero is needed, and the reason after it.
button-bucket-cash = 💵 Money
button-bucket-bonus = 🎁 Bonus
