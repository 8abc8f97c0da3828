alert-credits-low = ⚠️ На счёте KIE осталось { $credits } кредитов: пора пополнить. На нуле продажа остановится сама и сама же вернётся.
alert-books-broken = 🚨 Проверка книг нашла расхождений: { $findings }. Все строки есть в журнале.
alert-finding = • { $rule }: { $row }: { $detail }
