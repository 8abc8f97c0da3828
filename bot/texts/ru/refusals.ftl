refused-unknown-order = Этот счёт нам неизвестен. Создайте новый.
refused-wrong-person = Этот счёт выставлен другому человеку.
refused-wrong-amount = Сумма не совпадает со счётом. Создайте новый.
refused-already-paid = Этот счёт уже оплачен.
refused-expired = Срок счёта истёк. Создайте новый.
refused-banned = Доступ к боту закрыт.
refused-storage-away = Сейчас оплата не работает. Попробуйте через минуту, деньги не списаны.
