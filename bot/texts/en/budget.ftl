budget =
    🧮 <b>Budget</b>
    Your own limit. It is hard: what does not fit does not start. What is set aside for work in progress counts, what came back does not.
budget-day = Today: { $spent } of <b>{ $limit }</b>
budget-day-none = Today: { $spent }, no limit
budget-month = This month: { $spent } of <b>{ $limit }</b>
budget-month-none = This month: { $spent }, no limit
budget-ask-day = How much may be spent in a day?
budget-ask-month = How much may be spent in a month?
button-budget = 🧮 Budget
button-budget-day = For a day
button-budget-month = For a month
button-no-limit = No limit
toast-budget = The budget is saved
command-budget = Your own limit
