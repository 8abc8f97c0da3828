admin-strange =
    ❓ <b>Странные платежи</b>
    Деньги, которые не подошли к заказу. Сначала старые.
admin-strange-none = ❓ Странных платежей нет.
admin-strange-line = • № { $number } · { $amount } · { $why }
admin-strange-card =
    ❓ <b>Платёж № { $number }</b> · { $method } · { $moment }
    Пришло: { $amount } { $currency }, это { $booked }
    Почему здесь: { $why }
    <code>{ $charge }</code>
admin-strange-credited = 💰 Зачислено: { $id }
admin-strange-suspended = ⏸ Ни на чьём балансе. Плательщик: { $id }
admin-strange-order = 🧾 Заказ № { $number } на { $amount } { $currency }: { $name } ({ $id })
admin-strange-no-order = 🧾 Такого заказа нет
admin-strange-refund = ↩️ Возврат: { $state }
admin-strange-decided-by = ✅ Решено: { $actor }
admin-strange-ask-person =
    👤 <b>Кому зачислить платёж № { $number }</b> ({ $amount })
    Пришлите номер или имя с собачкой и причину одной строкой, например: 123456 нашёл по выписке
admin-strange-person-needed = ⚠️ Нужен человек и причина после него.
admin-strange-ask-note =
    📌 <b>Оставить платёж № { $number }</b> ({ $amount }) как есть
    Напишите, почему.
admin-strange-decided = ⚠️ По этому платежу уже решили.
admin-strange-gone = ⚠️ Такого платежа нет.
strange-unknown-order = нет такого заказа
strange-wrong-person = платил не тот, чей заказ
strange-wrong-currency = другая валюта
strange-wrong-amount = другая сумма
strange-fits = подходит к заказу
button-admin-strange = ❓ Странные: { $count }
button-strange = ❓ № { $number } · { $amount }
button-strange-owner = 🧾 Зачислить владельцу заказа
button-strange-assign = 👤 Зачислить человеку
button-strange-keep = 📌 Оставить с пометкой
button-strange-to-owner = 🧾 Чей заказ
button-strange-to-holder = 💰 У кого деньги
button-strange-queue = ❓ Странные платежи
