admin-books-never = 📚 The books were not proven yet: that happens at night.
admin-books-proven =
    📚 <b>The books are right</b>
    Proven { $moment } in { $took }. Rows that do not fit: { $findings }.
admin-books-broken =
    🚨 <b>The books do not fit</b>
    Audited { $moment } in { $took }. Rows that do not fit: { $findings }. The audit on the command line names all of them.
admin-books-finding = • { $rule }: { $row }: { $detail }
button-admin-books = 📚 Books
