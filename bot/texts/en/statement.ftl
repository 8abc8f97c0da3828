statement = 📒 <b>Operations</b>
statement-empty =
    📒 <b>Operations</b>
    Each movement of your money will be listed here.
statement-line =
    <b>{ $amount }</b> · { $title }
    { $moment }
statement-paid =
    { $amount } from what was set aside · { $title }
    { $moment }
statement-debt = Debt: { $amount }
statement-of = { $title } no. { $number }
statement-credit = Top-up
statement-bonus = Bonus
statement-referral = Bonus for a friend
statement-referral-back = Bonus for a friend taken back
statement-hold = Set aside for work
statement-capture = Paid for work
statement-release = Came back for work
statement-refund = Refund for work
statement-fewer = Returned for what is missing
statement-improve-hold = Set aside for a better prompt
statement-improve-capture = A better prompt
statement-improve-release = Came back for a better prompt
statement-clawback = Payment taken back
statement-adjust = Correction
button-statement = 📒 Operations
button-csv = 📄 Download CSV
toast-statement = The file is sent
csv-number = Number
csv-time = Time
csv-title = Operation
csv-spendable = Spendable
csv-cash = Money
csv-bonus = Bonus
csv-held = Set aside
csv-debt = Debt
csv-note = Note
