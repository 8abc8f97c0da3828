admin-receipts =
    🧾 <b>Чеки ждут решения</b>
    Сначала старые.
admin-receipts-none = 🧾 Ни один чек не ждёт решения.
admin-receipt-file-gone = ⚠️ Телеграм больше не отдаёт этот файл.
receipt-waits = 🔔 <b>Новый чек</b>
receipt-facts =
    🧾 <b>Чек № { $number }</b> на { $amount }
    Код перевода: <code>{ $code }</code>
    От: { $name } · { $username } · { $id }
    Пришёл: { $moment }
receipt-same-file = ⛔ <b>Тот же файл</b> уже приходил: чек № { $number } от { $id }, { $state }
receipt-same-look = ⚠️ <b>Похож</b> на чек № { $number } от { $id }, { $state }
receipt-not-compared = ⚠️ Файл не прочитан: с другими чеками не сравнивали.
receipt-is = Сейчас: { $state }
receipt-first-by = ☝️ Первое «да»: { $id }, { $amount }. Нужно второе.
receipt-approved-by = ✅ Зачислено { $amount }, решил { $id }
receipt-rejected-by = ❌ Отклонён: { $reason } (решил { $id })
receipt-state-received = читается
receipt-state-waiting = ждёт решения
receipt-state-seconded = ждёт второго «да»
receipt-state-approved = зачислен
receipt-state-rejected = отклонён
receipt-why = Почему отклонить?
receipt-ask-other =
    ✏️ <b>Другая сумма</b> для чека № { $number } (просили { $amount })
    Сколько рублей пришло на самом деле?
receipt-ask-why =
    ❌ <b>Отклонить чек № { $number }</b>
    Напишите причину: её увидит человек.
receipt-sum-needed = ⚠️ Нужна сумма в рублях больше нуля.
receipt-credited = Зачислено
receipt-seconded = Первое «да» записано. Такая сумма требует второго оператора.
receipt-needs-another = Нужен другой оператор: первое «да» уже ваше
receipt-too-soon = Вы один: подтвердите ещё раз через минуту
receipt-unread = Файл ещё читается, подождите
receipt-copy = Этот самый файл уже зачислен по другому чеку
receipt-decided = Уже решено
receipt-rejected-now = Отклонено, человек узнает
why-not-found = перевод не нашёлся
why-not-readable = чек не читается
why-copy = этот чек уже присылали
button-why-not-found = Перевод не нашёлся
button-why-not-readable = Чек не читается
button-why-copy = Чек уже был
button-why-own = ✏️ Своими словами
button-receipt = 🧾 № { $number } · { $amount }
button-receipt-twin = ⚠️ № { $number } · { $amount }
button-receipt-approve = ✅ Зачислить { $amount }
button-receipt-other = ✏️ Другая сумма
button-receipt-reject = ❌ Отклонить
button-receipt-sender = 👤 Человек
button-receipt-queue = 🧾 К очереди
