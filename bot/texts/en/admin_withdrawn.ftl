admin-withdrawn =
    🚫 <b>Not for sale: { $count }</b>
    The reasons stand in the files of the models.
admin-withdrawn-model =
    <b>{ $model }</b>
    <i>{ $reason }</i>
admin-withdrawn-led-on =
    <b>{ $model }</b> → { $successor }
    <i>{ $reason }</i>
button-admin-withdrawn = 🚫 Not for sale
