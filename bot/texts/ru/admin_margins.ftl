admin-margins-day = 📊 <b>Что осталось по моделям</b> за сутки
admin-margins-week = 📊 <b>Что осталось по моделям</b> за 7 дней
admin-margins-month = 📊 <b>Что осталось по моделям</b> за 30 дней
admin-margins-none = За это время ничего не сделано.
admin-margins-total = <b>Всего:</b> сделано { $made }, выручка { $revenue }, себестоимость { $cost }, осталось <b>{ $margin }</b> ({ $percent })
admin-margins-line =
    <b>{ $model }</b> · { $made }, бесплатно { $free }
    { $revenue } − { $cost } = <b>{ $margin }</b> ({ $percent })
button-admin-margins = 📊 Маржа
button-margins-day = Сутки
button-margins-week = 7 дней
button-margins-month = 30 дней
