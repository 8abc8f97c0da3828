alert-credits-low = ⚠️ { $credits } credits are left at KIE: time to top up. At zero selling stops by itself, and comes back by itself.
alert-books-broken = 🚨 The audit of the books found { $findings } rows that do not fit. The log has all of them.
alert-finding = • { $rule }: { $row }: { $detail }
