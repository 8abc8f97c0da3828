admin-dead =
    ☠️ <b>Брошенная работа: { $count }</b>
    Сама она больше не повторится. Сначала новая.
admin-dead-none = ✅ Брошенных событий и заданий нет.
admin-dead-line =
    <b>№ { $number }</b> · { $work } { $whose }
    { $age } назад, попыток: { $count } · { $trouble }
admin-dead-whose-generation = · работа № { $number }
admin-dead-whose-person = · { $id }
admin-dead-card = ☠️ <b>№ { $number } · { $work }</b>
admin-dead-name = <code>{ $name }</code>
admin-dead-when = Брошено: { $moment }, { $age } назад
admin-dead-attempts = Попыток: { $count }
admin-dead-trouble = Почему: { $trouble }
admin-dead-error = <code>{ $error }</code>
admin-dead-generation = ✨ Работа № { $number }
admin-dead-person = 👤 { $id }
admin-ask-replay =
    🔁 <b>Повторить № { $number }: { $work }</b>
    Напишите, почему.
admin-ask-replay-kind =
    🔁 <b>Повторить все такие: { $work }</b>
    Напишите, почему.
admin-dead-replayed = ✅ Повторяем: { $count }
admin-dead-gone = ⚠️ Это уже повторил кто-то другой.
trouble-storage = база данных была недоступна
trouble-outside = отказал кто-то снаружи
trouble-time = заняло слишком много времени
trouble-senseless = пришло что-то непонятное
trouble-crash = процесс каждый раз падал
trouble-defect = ошибка в программе
work-telegram = сообщение или нажатие
work-kie = известие поставщика моделей
work-start = отправка работы поставщику
work-check = проверка работы
work-deliver = доставка результата
work-tell = известие о неудаче
work-restore = поиск пропавшего результата
work-original = отправка оригинала
work-staff-tell = известие от команды
work-refund-all = общий возврат
work-receipt = чек перевода
work-payment-refund = возврат платежа
work-renewal = остановка подписки
work-other = служебное задание
duration-hours = { $hours } ч
button-admin-dead = ☠️ Брошено: { $count }
button-admin-dead-list = ☠️ Брошенная работа
button-dead = № { $number }
button-dead-replay = 🔁 Повторить
button-dead-replay-kind = 🔁 Повторить все такие
button-dead-generation = ✨ Работа № { $number }
