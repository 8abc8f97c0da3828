card-title = 🧾 <b>{ $model }</b>
card-price = 💳 Цена: <b>{ $price }</b>
card-after = 💰 Останется: { $balance }
card-time = ⏱ Обычно занимает: { $time }
card-choose = 👇 Поменяйте, что нужно, или сразу нажмите на цену.
card-lacking =
    ⚠️ Не хватает <b>{ $missing }</b>. Сейчас можно потратить { $balance }.
    Заказ сохранён: он подождёт, пока баланс пополнится.
card-gone =
    Этот заказ нельзя продолжить: модель больше не продаётся или он уже закрыт.
    Выберите модель заново.
button-confirm = ✅ Создать за { $price }
toast-lacking = Не хватает { $missing }
toast-renewed = Условия обновились. Проверьте и нажмите ещё раз.
toast-chosen-already = Это уже выбрано
toast-too-many = Одновременно можно создавать не больше { $limit }. Дождитесь готового.
toast-already-started = Уже запущено
