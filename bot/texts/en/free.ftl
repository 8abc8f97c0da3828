free = 🎁 <b>Free generations</b>
free-rule = { $day } a day, but no more than { $hour } an hour. The button says “free” instead of a price, and your balance stays as it is.
free-line =
    <b>{ $model }</b> · otherwise { $price }
    { $description }
free-left = 🎁 Free today: <b>{ $left }</b>
free-left-now = 🎁 Free today: <b>{ $left }</b>, in this hour: <b>{ $now }</b>
free-none-left = No free ones are left today. Again from { $moment }.
free-wait = No free ones are left for this hour. Again from { $moment }, { $left } left today.
free-no-models = There are no free models right now.
free-off = There are no free generations right now. The least expensive:
price-free = free
