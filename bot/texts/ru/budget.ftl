budget =
    🧮 <b>Бюджет</b>
    Ваш собственный лимит трат: заказ сверх него не запустится. Деньги, отложенные на заказы в работе, считаются потраченными, вернувшиеся — нет.
budget-day = Сегодня: { $spent } из <b>{ $limit }</b>
budget-day-none = Сегодня: { $spent }, лимита нет
budget-month = За месяц: { $spent } из <b>{ $limit }</b>
budget-month-none = За месяц: { $spent }, лимита нет
budget-ask-day = 🧮 Сколько можно тратить <b>в день</b>? Выберите кнопкой.
budget-ask-month = 🧮 Сколько можно тратить <b>в месяц</b>? Выберите кнопкой.
button-budget = 🧮 Бюджет
button-budget-day = 📅 На день
button-budget-month = 🗓 На месяц
button-no-limit = Без лимита
toast-budget = Бюджет сохранён
command-budget = Бюджет: свой лимит трат
