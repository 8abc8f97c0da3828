past-files = 🕘 <b>{ $label }: what to take from History?</b>
past-files-line =
    <b>No. { $number } · { $model }</b> · { $moment }
    { $prompt }
button-past-files = 🕘 Take it from History
button-past-file = #{ $number }
button-past-file-of = #{ $number } · { $place }
toast-no-past-files = There is no such file in History yet. Send one of yours.
past-results-none =
    🕘 <b>{ $model }</b> goes on from what was made here before, and there is nothing that fits yet.
    Make something first: { $makers }.
