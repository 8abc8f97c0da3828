subscription =
    🔁 <b>Подписка</b>
    { $stars } ⭐ в месяц: каждый месяц на баланс приходит { $amount }.
    Telegram списывает звёзды сам. Отменить можно в любой день: за оплаченный месяц деньги уже ваши.
subscription-none =
    🔁 <b>Подписка</b>
    Сейчас подписки нет. Пополнить баланс можно пакетом или своей суммой.
subscription-active =
    🔁 <b>Подписка действует</b>
    Следующее списание { $date }: { $stars } ⭐, и на баланс придёт { $amount }.
subscription-canceled =
    🔁 <b>Подписка отменена</b>
    Она оплачена до { $date } и больше не продлится. До этого дня её можно возобновить: { $stars } ⭐ и { $amount } в месяц.
subscription-failed =
    🔁 <b>Подписка не продлена</b>
    Telegram не смог списать { $stars } ⭐. Оплачено до { $date }. Пополните звёзды и возобновите: придёт { $amount }.
button-subscription = 🔁 Подписка
button-subscribe = Подписаться · { $stars } ⭐/мес.
button-pay-subscription = Оплатить { $stars } ⭐
button-cancel-subscription = Отменить подписку
button-resume-subscription = Возобновить подписку
invoice-monthly-title = Подписка
invoice-monthly-description = Каждый месяц { $stars } ⭐, и на баланс бота приходит { $amount }. Отменить можно в любой день.
toast-renewal-refused = Telegram этого не принял: вот как обстоит дело сейчас
subscription-stopped =
    🔁 <b>Подписка больше не продлится</b>
    Её месяц вернули, поэтому { $date } Звёзды не спишутся. До этого дня её можно возобновить.
