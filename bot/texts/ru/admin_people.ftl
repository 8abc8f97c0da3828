admin-find =
    🔎 <b>Найти человека</b>
    Пришлите номер в Телеграме или имя с собачкой. Работу найдёт её номер, например: № 12
admin-person =
    👤 <b>{ $name }</b> · { $username } · { $id }
    Впервые: { $created }, был: { $seen }

    Деньги: { $cash }, бонусы: { $bonus }
    Отложено: { $held }, долг: { $debt }
    Пополнил: { $paid }, потратил: { $spent }
    Работ: { $made }
admin-person-inviter = 👥 По ссылке: { $id }
admin-person-invited = 👥 По его ссылке: { $count }
admin-person-role = 👮 Роль: { $role }
admin-person-banned = 🚫 Забанен
admin-person-gone = 🗑 Аккаунт удаляется или удалён
admin-ask-ban =
    🚫 Забанить <b>{ $name }</b> ({ $id })
    Напишите причину.
admin-ask-unban =
    ✅ Снять бан с <b>{ $name }</b> ({ $id })
    Напишите причину.
admin-reason-refused = ⚠️ Без причины нельзя.
admin-done = ✅ Сделано.
admin-made = ✨ Последние работы: <b>{ $name }</b>
admin-made-none = ✨ Работ пока нет: <b>{ $name }</b>
button-admin-credit = ➕ Зачислить
button-admin-debit = ➖ Списать
button-admin-made = ✨ Работы
button-admin-ban = 🚫 Забанить
button-admin-unban = ✅ Снять бан
button-admin-role = 👮 Роль
button-admin-person = ← К человеку
