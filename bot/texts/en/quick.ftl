quick =
    ⚡ <b>Quick actions</b>
    Ready recipes: choose one, write one sentence, and all that is left is to confirm the price.
quick-empty =
    ⚡ <b>Quick actions</b>
    None is available right now: their models are not for sale.
preset =
    <b>{ $name }</b>
    { $about }
preset-model = Model: { $model } · { $price }
preset-ask = ✍️ { $ask }
