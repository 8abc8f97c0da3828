past-files = 🕘 <b>{ $label }: что взять из истории?</b>
past-files-line =
    <b>№{ $number } · { $model }</b> · { $moment }
    { $prompt }
button-past-files = 🕘 Взять из истории
button-past-file = №{ $number }
button-past-file-of = №{ $number } · { $place }
toast-no-past-files = В истории пока нет такого файла. Пришлите свой.
past-results-none =
    🕘 <b>{ $model }</b> продолжает то, что создано здесь раньше, а подходящего пока нет.
    Сначала создайте что-нибудь: { $makers }.
