result = ✅ <b>{ $model }</b> · №{ $number } · { $price }
result-late = ✅ <b>{ $model }</b> · №{ $number } · бесплатно: результат пришёл позже, деньги уже вернулись
result-prompt = { $prompt }
result-variant = 🔢 Вариант { $variant } из { $variants }
result-fewer = ⚠️ Пришло { $arrived } из { $sold }.
result-fewer-returned = ⚠️ Пришло { $arrived } из { $sold }: вернули { $returned }.
result-fewer-balance = ⚠️ Пришло { $arrived } из { $sold }: вернули { $returned }, на балансе { $balance }.
result-album = ✅ <b>{ $model }</b> · №{ $number }: { $files } { $files ->
        [one] файл
        [few] файла
       *[many] файлов
    }
result-too-large = ✅ <b>{ $model }</b> · №{ $number }: готово, но файл больше 50 МБ, а Telegram такие от ботов не принимает.
result-link =
    ⬇️ { $url }
    Ссылка работает до { $until }. Новая придёт из истории.
result-link-none = Файл сохранён, напишите нам: /support
original = 📄 <b>{ $model }</b> · №{ $number }: файл без сжатия
original-gone = 📄 <b>{ $model }</b> · №{ $number }: исходного файла больше нет. Осталась копия Telegram, она в истории.
button-original = 📄 Оригинал
toast-original = Присылаю файл без сжатия
result-gone =
    😔 <b>{ $model }</b> · №{ $number }: файла больше нет ни у нас, ни у модели.
    Мы записали это. Напишите в /support: оператор проверит и решит о возврате { $price }.
failed =
    😔 <b>{ $model }</b> · №{ $number }: не получилось.
    { $reason }

    ↩️ Вернули { $returned }, на балансе { $balance }.
failed-content-policy = Модель отказалась: запрос нарушает её правила. Попробуйте сказать иначе.
failed-bad-input = Модель не приняла эти настройки. Попробуйте изменить запрос.
failed-provider-busy = Модель сейчас перегружена. Попробуйте чуть позже.
failed-provider-down = Сервис модели сейчас не работает. Попробуйте позже.
failed-timeout = Модель не ответила вовремя. Если результат всё же придёт, вы получите его бесплатно.
failed-lost = Связь с моделью прервалась. Если результат всё же придёт, вы получите его бесплатно.
failed-result-missing = Модель закончила, но файл получить не удалось.
failed-our-account = Сервис временно недоступен по нашей вине. Мы уже разбираемся.
failed-input-gone = Файла, из которого надо было делать, больше нет ни у нас, ни у Telegram. Возьмите другой.
failed-unknown = Что-то пошло не так.
button-again = 🔁 Ещё раз
button-change-prompt = ✏️ Изменить запрос
button-other-model = 🔀 Другая модель
result-parent = ↩️ Сделано из №{ $number }
button-parent = ↩️ Из №{ $number }
button-repeat = 🔁 Повторить
failed-free =
    😔 <b>{ $model }</b> · №{ $number }: не получилось.
    { $reason }

    Это была бесплатная попытка, деньги не тронуты: на балансе { $balance }. Сколько бесплатных осталось, видно в /balance.
