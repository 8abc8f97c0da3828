admin-books-never = 📚 Ночной проверки учёта ещё не было.
admin-books-proven =
    📚 <b>Учёт сходится</b>
    Проверено { $moment } за { $took }. Расхождений: { $findings }.
admin-books-broken =
    🚨 <b>Учёт не сходится</b>
    Проверено { $moment } за { $took }. Расхождений: { $findings }. Все строки назовёт проверка учёта из командной строки.
admin-books-finding = • { $rule }: { $row }: { $detail }
button-admin-books = 📚 Учёт
