admin-refund-all =
    🧯 <b>Вернуть за всё, что застряло</b>
    Заказано с { $since }: работ { $count }, людей { $people }, деньгами <b>{ $amount }</b>
    Сюда входит то, за что деньги у нас, а результата у человека нет: застрявшее на полпути дольше 15 минут, оплаченное и не доставленное столько же, и то, что не удалось отправить. За неудачи деньги возвращаются сразу, их здесь нет.
admin-refund-all-why = Пока ничего не сделано. Чтобы вернуть, напишите причину.
admin-refund-all-none =
    🧯 <b>Возвращать нечего</b>
    Из заказанного с { $since } ничего не застряло и не потерялось. За неудачи деньги возвращаются сразу.
admin-refund-all-changed = ⚠️ Пока вы решали, числа изменились: ничего не сделано.
admin-confirm-refund-all =
    🧯 <b>Вернуть { $amount }</b>
    Заказано с { $since }: работ { $count }, людей { $people }
admin-refund-run =
    🧯 <b>Общий возврат № { $number }</b>
    Идёт: { $done } из { $count }
    Возвращено работ: { $returned }, людям: { $people }, деньгами <b>{ $amount }</b>
    Закончились сами: { $left }
    Причина: { $reason }
admin-refund-run-ended =
    ✅ <b>Общий возврат № { $number } закончен</b>
    Решено: { $done } из { $count }
    Возвращено работ: { $returned }, людям: { $people }, деньгами <b>{ $amount }</b>
    Закончились сами: { $left }
    Причина: { $reason }
admin-refund-run-none = 🧯 Общих возвратов ещё не было.
admin-ask-hours =
    🧯 <b>За сколько часов?</b>
    Пришлите целое число.
admin-hours-refused = ⚠️ Нужно целое число часов, не больше { $most }.
button-admin-refund-all = 🧯 Общий возврат
button-refund-all-hours = { $hours } ч
button-refund-all-own = ✏️ Другой срок
button-refund-all-agree = ✅ Вернуть { $amount } за { $count }
button-refund-run = 📋 Последний возврат
