history =
    🕘 <b>История</b>
    📥 пришлю результат ещё раз, 📄 пришлю файл без сжатия (и то и другое бесплатно), 🔁 соберу такой же запрос.
history-empty =
    🕘 <b>История</b>
    Здесь пока пусто. Создайте что-нибудь!
history-line =
    <b>№{ $number } · { $model }</b> · { $price }
    { $moment } · { $state }
    { $prompt }
state-waiting = в очереди
state-running = создаётся
state-done = готово
state-cancelled = отменено, деньги вернулись
state-failed = не получилось, деньги вернулись
state-late = пришло позже, бесплатно
state-refunded = деньги возвращены
button-show = 📥 №{ $number }
button-newest = ⏮ К новым
button-older = Раньше →
toast-result-sought = Нашей копии нет. Ищу файл у модели и пришлю сюда.
toast-result-gone = Файл больше не хранится
button-repeat-number = 🔁 №{ $number }
button-original-number = 📄 №{ $number }
