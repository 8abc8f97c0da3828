news-credited =
    ✅ Вам зачислено <b>{ $amount }</b>.
    Причина: { $reason }
news-debited =
    ➖ С вашего баланса списано <b>{ $amount }</b>.
    Причина: { $reason }
news-unbanned = ✅ Доступ к боту снова открыт.
news-generation-refunded =
    ↩️ За работу № { $number } возвращено <b>{ $amount }</b>.
    Причина: { $reason }
news-payment-refunded =
    ↩️ Платёж на <b>{ $amount }</b> возвращается туда, откуда пришёл.
    Причина: { $reason }
news-receipt-approved = ✅ Перевод { $code } проверен: на баланс зачислено <b>{ $amount }</b>.
news-receipt-rejected =
    ❌ Перевод { $code } на { $amount } не подтверждён.
    Причина: { $reason }

    Деньги не зачислены. Если это ошибка, пришлите другой чек или напишите в поддержку.
news-payment-assigned = ✅ Ваш платёж нашёлся: на баланс зачислено <b>{ $amount }</b>.
news-refund-run-ended = 🧯 Общий возврат закончен: вернули { $amount } за работы: { $count }, людям: { $people }. Закончились сами: { $left }.
