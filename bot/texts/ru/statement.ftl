statement = 📒 <b>Операции</b>
statement-empty =
    📒 <b>Операции</b>
    Здесь появится каждое движение денег.
statement-line =
    <b>{ $amount }</b> · { $title }
    { $moment }
statement-paid =
    { $amount } из отложенного · { $title }
    { $moment }
statement-debt = Долг: { $amount }
statement-of = { $title } №{ $number }
statement-credit = Пополнение
statement-bonus = Бонус
statement-referral = Бонус за друга
statement-referral-back = Отменён бонус за друга
statement-hold = Отложено на работу
statement-capture = Оплачена работа
statement-release = Вернулось за работу
statement-refund = Возврат за работу
statement-fewer = Возврат за недостающее
statement-improve-hold = Отложено на улучшение описания
statement-improve-capture = Улучшено описание
statement-improve-release = Вернулось за улучшение описания
statement-clawback = Платёж отозван
statement-adjust = Исправление
button-statement = 📒 Операции
button-csv = 📄 Скачать таблицей
toast-statement = Файл отправлен
csv-number = Номер
csv-time = Время
csv-title = Операция
csv-spendable = Можно потратить
csv-cash = Деньги
csv-bonus = Бонусы
csv-held = Отложено
csv-debt = Долг
csv-note = Примечание
