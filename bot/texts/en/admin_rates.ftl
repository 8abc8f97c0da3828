admin-rates =
    💱 <b>Rates</b>
    Dollar: { $usd } ₽
    Markup: ×{ $markup }
    Star: { $star } ₽
    A better prompt: { $improvement } ₽ (0: free, within a limit a day)

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
admin-ask-improvement =
    ✨ Roubles for a better prompt, now { $value }
    Zero is free, within a limit a day for each person. It is never sold below what it costs us: then that is the price.
    Send the new value and the reason, for example: 1.5 costs
admin-rate-needed = ⚠️ A number is needed, and the reason after it; only a better prompt may cost zero.
admin-rate-changed = ✅ The new value counts.
button-rate-usd = 💵 Dollar
button-rate-markup = ✖️ Markup
button-rate-star = ⭐ Star
button-rate-improvement = ✨ Better prompt
