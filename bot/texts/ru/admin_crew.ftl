admin-crew =
    👮 <b>Команда</b>
    Владельцев называют настройки. Остальным роли даёт владелец: найдите человека и нажмите «Роль».
admin-crew-line = { $id } · { $role }
admin-role =
    👮 <b>{ $name }</b> ({ $id })
    Сейчас: { $role }

    Оператор решает о чеках, деньгах и банах. Поддержка смотрит и банит. Только чтение: смотрит.
role-none = без роли
button-role-operator = Оператор
button-role-support = Поддержка
button-role-read-only = Только чтение
button-role-none = ✖️ Снять роль
