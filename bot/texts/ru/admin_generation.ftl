admin-generation = ✨ <b>Работа № { $number } · { $model }</b>
admin-generation-person = 👤 { $name } ({ $id })
admin-generation-state = <b>{ $state }</b> с { $moment }
admin-generation-failure = Причина: { $failure }
admin-generation-detail = <code>{ $detail }</code>
admin-generation-created = Заказана: { $moment }
admin-generation-asked = Отправлена поставщику: { $moment }
admin-generation-accepted = Принята им: { $moment }
admin-generation-told = Человеку сказано: { $moment }
admin-generation-next = Следующий шаг: { $moment }
admin-generation-task = Задача: <code>{ $task }</code>
admin-generation-price = 💳 Цена: <b>{ $price }</b>
admin-generation-cost = Поставщик взял кредитов: { $credits }
admin-generation-expected = Поставщик возьмёт кредитов: { $credits }
admin-generation-move = • { $moment } · { $title }: { $amount } ({ $change })
admin-ask-refund =
    ↩️ Вернуть деньги за работу № { $number }
    Напишите причину.
admin-ask-retry =
    🔁 Сделать следующий шаг работы № { $number } прямо сейчас
    Деньги не двигаются. Напишите, почему.
admin-no-generation = ⚠️ Такой работы нет.
admin-not-retryable = ⚠️ Эта работа закончена: повторять нечего.
life-held = ждёт очереди
life-submitting = отправляется поставщику
life-submitted = принята поставщиком
life-running = создаётся
life-fetching = скачивается
life-captured = оплачена, доставляется
life-delivered = доставлена
life-kept = ждёт в истории
life-cancelled = отменена
life-failed = не удалась, деньги вернулись
life-late = пришла поздно, отдана бесплатно
life-refunded = деньги вернула команда
failed-of-content = правила содержания
failed-of-input = не подошли данные
failed-of-busy = поставщик занят
failed-of-down = поставщик не справился
failed-of-time = слишком долго
failed-of-loss = неизвестно, приняли ли её
failed-of-result = результата нет
failed-of-account = поставщик отказал нашему счёту
button-admin-generation = № { $number } · { $amount }
button-generation-retry = 🔁 Повторить шаг
button-generation-refund = ↩️ Вернуть { $amount }
