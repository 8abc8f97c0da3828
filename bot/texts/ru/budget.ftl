budget =
    🧮 <b>Бюджет</b>
    Свой лимит трат. Он жёсткий: что в него не помещается, не запустится. Отложенное на заказы в работе считается, вернувшееся нет.
budget-day = Сегодня: { $spent } из <b>{ $limit }</b>
budget-day-none = Сегодня: { $spent }, лимита нет
budget-month = За месяц: { $spent } из <b>{ $limit }</b>
budget-month-none = За месяц: { $spent }, лимита нет
budget-ask-day = Сколько можно тратить в день?
budget-ask-month = Сколько можно тратить в месяц?
button-budget = 🧮 Бюджет
button-budget-day = На день
button-budget-month = На месяц
button-no-limit = Без лимита
toast-budget = Бюджет сохранён
command-budget = Бюджет: свой лимит трат
