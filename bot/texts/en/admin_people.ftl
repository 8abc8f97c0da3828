admin-find =
    🔎 <b>Find a person</b>
    Send their Telegram id or @name. A generation is found by its number, for example: # 12
admin-person =
    👤 <b>{ $name }</b> · { $username } · { $id }
    First seen: { $created }, last: { $seen }

    Money: { $cash }, bonus: { $bonus }
    Set aside: { $held }, debt: { $debt }
    Paid in: { $paid }, spent: { $spent }
    Generations: { $made }
admin-person-inviter = 👥 Came by the link of: { $id }
admin-person-invited = 👥 Came by their link: { $count }
admin-person-role = 👮 Role: { $role }
admin-person-banned = 🚫 Banned
admin-person-gone = 🗑 The account is being deleted, or gone
admin-ask-ban =
    🚫 Ban <b>{ $name }</b> ({ $id })
    Write the reason.
admin-ask-unban =
    ✅ Lift the ban of <b>{ $name }</b> ({ $id })
    Write the reason.
admin-reason-refused = ⚠️ Not without a reason.
admin-done = ✅ Done.
admin-made = ✨ Newest generations: <b>{ $name }</b>
admin-made-none = ✨ No generations yet: <b>{ $name }</b>
button-admin-credit = ➕ Credit
button-admin-debit = ➖ Debit
button-admin-made = ✨ Generations
button-admin-ban = 🚫 Ban
button-admin-unban = ✅ Lift the ban
button-admin-role = 👮 Role
button-admin-person = ← To the person
