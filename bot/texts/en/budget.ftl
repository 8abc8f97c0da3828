budget =
    🧮 <b>Budget</b>
    Your own limit: an order beyond it does not start. Money set aside for work in progress counts as spent, money that came back does not.
budget-day = Today: { $spent } of <b>{ $limit }</b>
budget-day-none = Today: { $spent }, no limit
budget-month = This month: { $spent } of <b>{ $limit }</b>
budget-month-none = This month: { $spent }, no limit
budget-ask-day = 🧮 How much may be spent <b>in a day</b>? Choose a button.
budget-ask-month = 🧮 How much may be spent <b>in a month</b>? Choose a button.
button-budget = 🧮 Budget
button-budget-day = 📅 For a day
button-budget-month = 🗓 For a month
button-no-limit = No limit
toast-budget = The budget is saved
command-budget = Your own limit
