admin-payments = 💳 Последние платежи: <b>{ $name }</b>
admin-payments-none = 💳 Платежей пока нет: <b>{ $name }</b>
admin-payment-line =
    <b>№ { $number } · { $amount }</b> · { $method } · { $moment }
    <code>{ $charge }</code>
    { $state }
admin-ask-payback =
    ↩️ Вернуть платёж № { $number } целиком
    Перевод на карту сначала верните сами: бот только запишет это. Напишите причину.
admin-paid-back = ✅ Возврат платежа начат.
admin-paid-back-before = ⚠️ Этот платёж уже возвращён или возвращается, или такого нет.
method-stars = звёзды
method-bank = перевод
payment-here = у нас
payment-going-back = возвращается
payment-gone-back = возвращён
payment-not-taken-back = вернуть не удалось
button-admin-paid = 💳 Платежи
button-admin-payback = ↩️ № { $number } · { $amount }
