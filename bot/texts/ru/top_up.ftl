top-up =
    ⭐ <b>Пополнить баланс</b>
    Оплата звёздами Telegram: { $rate }. Деньги приходят сразу после оплаты.
own-amount =
    ✍️ <b>Другая сумма</b>
    Сколько звёзд? Напишите число от { $least } до { $most }.
    { $rate }
own-amount-refused = ⚠️ Нужно целое число звёзд в этих пределах.
orders-too-many =
    ✋ За час уже { $most } счетов.
    Оплатите один из них или попробуйте чуть позже.
stars-rate = { $stars } ⭐ = { $amount }
stars-names = звезда звезду звезды звёзд звезд зв
button-top-up = ⭐ Пополнить
button-top-up-by = Пополнить на { $amount } · { $stars } ⭐
button-other-sum = Другая сумма
button-own-amount = ✍️ Другая сумма
button-pack = { $stars } ⭐ · { $amount }
button-run-now = ▶️ Запустить сейчас
invoice-title = Пополнение баланса
invoice-description = На баланс бота придёт { $amount } за { $stars } { $stars ->
        [one] звезду
        [few] звезды
       *[many] звёзд
    }. Счёт действует { $time }.
toast-invoice = Счёт ниже: оплатите его, и деньги придут сразу
