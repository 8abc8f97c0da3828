card-title = 🧾 <b>{ $model }</b>
card-price = 💳 Price: <b>{ $price }</b>
card-price-several = 💳 Price: { $times } × { $one } = <b>{ $price }</b>
card-after = 💰 Left afterwards: { $balance }
card-time = ⏱ Usually takes: { $time }
card-choose = 👇 Change what you like, or tap “Generate” right away.
card-lacking =
    ⚠️ <b>{ $missing }</b> is missing. You can spend { $balance } now.
    The order is saved and waits until the balance is topped up.
card-debt = Of this, { $debt } is the debt of a payment that went back; it is repaid first.
card-gone =
    This order cannot go on: its model is not sold any more, or it is closed already.
    Please choose a model again.
card-succeeded = “{ $old }” is not sold any more. “{ $new }” takes its place.
button-confirm = ✅ Generate for { $price }
toast-lacking = { $missing } is missing
toast-renewed = The terms have changed. Please check and tap again.
toast-chosen-already = Already chosen
toast-too-many = No more than { $limit } can be made at a time. Please wait for one to finish.
toast-already-started = It is under way already
button-confirm-free = ✅ Generate for free
button-check-again = 🔄 Check again
refused-budget-day = ⛔ This is more than your budget for a day: the limit is { $limit }, { $spent } are spent. Again from { $moment }, or change the budget.
refused-budget-month = ⛔ This is more than your budget for a month: the limit is { $limit }, { $spent } are spent. Again from { $moment }, or change the budget.
refused-cap-everybody = ⏸ There are very many orders right now, and we stopped at a safe limit. Again from { $moment }. No money is set aside, the order waits.
refused-cap-newcomers = ⏸ Very many people are new right now, and the limit for them is reached. Again from { $moment }. No money is set aside, the order waits.
refused-cap-model = ⏸ This model has very many orders right now. Again from { $moment }. No money is set aside, the order waits. You can choose another model.
refused-sold-out = ⏸ We cannot make this right now: our account with the models’ provider is being topped up. No money is set aside, the order waits. Please try a little later.
refused-broken = ⏸ The model is failing right now: nobody's last requests came through. It is tried again from { $moment }. No money is set aside, the order waits. You can pick another model.
refused-off-sale = ⏸ The model is off sale: its terms have changed, and we are checking the price. No money is set aside, the order waits. You can pick another model.
toast-refused = Not now. No money was set aside.
button-confirm-several = ✅ Generate { $times } for { $price }
button-confirm-several-free = ✅ Generate { $times } for free
button-times = ×{ $times } for { $price }
button-times-free = ×{ $times } for free
button-times-unpriced = ×{ $times } more
