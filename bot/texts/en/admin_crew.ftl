admin-crew =
    👮 <b>Staff</b>
    Owners stand in the settings. An owner gives the other roles: find a person and press “Role”.
admin-crew-line = { $id } · { $role }
admin-role =
    👮 <b>{ $name }</b> ({ $id })
    Now: { $role }

    An operator decides about receipts, money and bans. Support looks and bans. Read-only looks.
role-none = no role
button-role-operator = Operator
button-role-support = Support
button-role-read-only = Read-only
button-role-none = ✖️ Take the role away
