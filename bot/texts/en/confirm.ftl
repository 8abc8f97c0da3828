card-title = 🧾 <b>{ $model }</b>
card-price = 💳 Price: <b>{ $price }</b>
card-after = 💰 Left afterwards: { $balance }
card-time = ⏱ Usually takes: { $time }
card-choose = 👇 Change what you like, or tap the price right away.
card-lacking =
    ⚠️ <b>{ $missing }</b> is missing. You can spend { $balance } now.
    The order is saved and waits until the balance is topped up.
card-gone =
    This order cannot go on: its model is not sold any more, or it is closed already.
    Please choose a model again.
button-confirm = ✅ Generate for { $price }
toast-lacking = { $missing } is missing
toast-renewed = The terms were renewed. Please check and tap again.
toast-chosen-already = Already chosen
toast-too-many = No more than { $limit } can be made at a time. Please wait for one to finish.
toast-already-started = It is under way already
