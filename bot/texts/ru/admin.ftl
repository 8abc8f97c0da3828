admin =
    🛠 <b>Управление</b>
    За сутки
    👥 Людей: { $people }, были: { $active }, новых: { $arrived }
    💰 Пополнили: { $paid }
    🧾 Выручка: { $revenue }, себестоимость: { $cost }, остаётся: { $margin }
    ✨ Сделано: { $made }, не получилось: { $failed }

    Сейчас
    ⏳ Создаётся: { $running }, событий ждёт: { $events }
    ⚠️ Брошенных событий: { $dead }, заданий: { $jobs }
admin-log = 📜 <b>Журнал действий</b>
admin-log-empty = 📜 <b>Журнал действий</b> пока пуст.
admin-log-line =
    { $moment } · { $actor } · <b>{ $action }</b>
    { $subject } { $facts }
    { $reason }
admin-not-allowed = ⚠️ Ваша роль этого не позволяет.
admin-owners-only = ⚠️ Такую сумму проводит только владелец.
admin-protected = ⚠️ Этот человек из команды: так с ним нельзя.
admin-nobody = ⚠️ Такого человека нет: он ещё не писал боту.
admin-no-funds = ⚠️ Столько свободных денег у человека нет.
admin-rate-refused = ⚠️ С таким значением продавали бы ниже себестоимости.
admin-not-refundable = ⚠️ За эту работу возвращать нечего.
toast-admin-not-now = Нельзя: роль не позволяет, или этого уже нет
role-owner = владелец
role-operator = оператор
role-support = поддержка
role-read-only = только чтение
role-person = сам человек
action-credited = зачисление
action-debited = списание
action-banned = бан
action-unbanned = снят бан
action-generation-refunded = возврат за работу
action-payment-refunded = возврат платежа
action-payment-assigned = платёж нашёл хозяина
action-payment-accepted = платёж оставлен как есть
action-rates-changed = новый курс
action-role-granted = дана роль
action-role-taken = снята роль
action-receipt-seconded = чек: первое «да»
action-receipt-approved = чек одобрен
action-receipt-rejected = чек отклонён
action-work-replayed = повтор брошенного
action-generation-retried = повтор шага работы
action-generation-given-up = работа снята, деньги вернулись
action-refund-run-begun = общий возврат начат
action-refund-run-ended = общий возврат закончен
action-model-put-back = модель снова в продаже
action-market-looked-at = сверка цен с поставщиком
action-data-exported = выгрузка данных
action-deletion-asked = просьба удалить аккаунт
action-account-deleted = аккаунт удалён
command-admin = управление
button-admin-receipts = 🧾 Чеки: { $count }
button-admin-find = 🔎 Найти человека
button-admin-log = 📜 Журнал
button-admin-rates = 💱 Курсы
button-admin-crew = 👮 Команда
button-admin-refresh = 🔄 Обновить
button-admin-back = ← Управление
