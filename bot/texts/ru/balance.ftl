balance = 💰 Можно потратить: <b>{ $free }</b>
balance-cash = Деньги: { $amount }
balance-bonus = Бонусы: { $amount }
balance-held = Отложено на заказы в работе: { $amount }
balance-debt = ⚠️ Долг: { $amount }. Он погасится из следующего пополнения.
payment-credited = ✅ Зачислено { $amount }.
payment-suspended = Платёж № { $number } получен, но не подошёл ни к одному заказу. Мы разберёмся, деньги не потеряны.
