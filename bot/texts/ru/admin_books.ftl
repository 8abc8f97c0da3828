admin-books-never = 📚 Ночной проверки учёта ещё не было.
admin-books-proven =
    📚 <b>Учёт сходится</b>
    Проверено { $moment } за { $took }. Расхождений: { $findings }.
admin-books-broken =
    🚨 <b>Учёт не сходится</b>
    Проверено { $moment } за { $took }. Расхождений: { $findings }. Все строки назовёт <code>make audit-ledger</code>.
admin-books-finding = • { $rule }: { $row }: { $detail }
button-admin-books = 📚 Учёт
