admin-withdrawn =
    🚫 <b>Не продаются: { $count }</b>
    Причины записаны в файлах моделей.
admin-withdrawn-model =
    <b>{ $model }</b>
    <i>{ $reason }</i>
admin-withdrawn-led-on =
    <b>{ $model }</b> → { $successor }
    <i>{ $reason }</i>
button-admin-withdrawn = 🚫 Не продаются
