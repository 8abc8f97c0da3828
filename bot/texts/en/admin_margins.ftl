admin-margins-day = 📊 <b>What was left by model</b> in 24 hours
admin-margins-week = 📊 <b>What was left by model</b> in 7 days
admin-margins-month = 📊 <b>What was left by model</b> in 30 days
admin-margins-none = Nothing was made in this time.
admin-margins-total = <b>In all:</b> { $made } made, revenue { $revenue }, cost { $cost }, left <b>{ $margin }</b> ({ $percent })
admin-margins-line =
    <b>{ $model }</b> · { $made }, free { $free }
    { $revenue } − { $cost } = <b>{ $margin }</b> ({ $percent })
button-admin-margins = 📊 Margins
button-margins-day = 24 hours
button-margins-week = 7 days
button-margins-month = 30 days
