balance = 💰 To spend: <b>{ $free }</b>
balance-cash = Money: { $amount }
balance-bonus = Bonus: { $amount }
balance-held = Set aside for work in progress: { $amount }
balance-debt = ⚠️ Debt: { $amount }. The next top-up repays it.
payment-credited = ✅ { $amount } credited.
payment-suspended = Payment no. { $number } came in but fits no order. We will look into it, no money is lost.
