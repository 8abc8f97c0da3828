admin-rates =
    💱 <b>Rates</b>
    Dollar: { $usd } ₽
    Markup: ×{ $markup }
    Star: { $star } ₽

    A new value counts at once for new prices and orders. Cards and invoices that were shown keep theirs.
admin-ask-usd =
    💵 Roubles for a dollar, now { $value }
    Send the new value and the reason, for example: 81.5 the bank's rate
admin-ask-markup =
    ✖️ Markup, now { $value }
    Send the new value and the reason, for example: 2.2 costs rose
admin-ask-star =
    ⭐ Roubles for a Star, now { $value }
    Send the new value and the reason, for example: 1.1 promotion
admin-rate-needed = ⚠️ A number above zero is needed, and the reason after it.
admin-rate-changed = ✅ The new value counts.
button-rate-usd = 💵 Dollar
button-rate-markup = ✖️ Markup
button-rate-star = ⭐ Star
