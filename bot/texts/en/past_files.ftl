past-files = 🕘 <b>{ $label }: what to take from History?</b>
past-files-line =
    <b>No. { $number } · { $model }</b> · { $moment }
    { $prompt }
button-past-files = 🕘 Take it from History
button-past-file = #{ $number }
button-past-file-of = #{ $number } · { $place }
toast-no-past-files = There is no such file in History yet. Send one of yours.
