greeting = Здравствуйте, <b>{ $name }</b>!
greeting-new =
    Здравствуйте, <b>{ $name }</b>!
    Делаю картинки, видео и звук по описанию. Цена видна заранее, а не получится — деньги вернутся сами.
menu =
    💰 Можно потратить: <b>{ $balance }</b>{ $bonus }

    ✨ { $models } { $models ->
        [one] модель
        [few] модели
       *[many] моделей
    } на выбор. Нажмите кнопку или просто напишите, что создать: «рыжий кот на крыше».
greeting-bonus = 🎁 Уже на балансе: { $bonus } бонусами.
menu-bonus = 🎁 Из них бонусами: { $bonus }
cancelled-draft = ✖️ Отменено. Деньги не списаны.
nothing-to-cancel = Отменять нечего: незаконченного заказа нет.
unknown-command = Такой команды нет. Вот что я умею:
unsupported = Такое я пока не понимаю. Пришлите текст, фото, видео или голосовое.
too-fast = ✋ Слишком быстро: столько сообщений и нажатий за минуту я не успеваю. Подождите минуту, пожалуйста, и продолжим.
too-fast-toast = Слишком быстро. Подождите минуту
banned = Доступ к боту закрыт.
error = 😔 Не получилось. Мы уже знаем об ошибке, деньги не потеряны. Попробуйте ещё раз: /menu
error-alert = Не получилось. Мы уже знаем об ошибке, деньги не потеряны. Попробуйте ещё раз.
button-menu = 🏠 Меню
button-balance = 💰 Баланс
button-history = 🕘 История
button-language = 🌐 Язык
button-help = Помощь
button-resume = ▶️ Продолжить: { $model }
button-quick = ⚡ Быстрые действия
button-search = 🔎 Поиск
button-best = 🏆 Лучшие модели
button-trending = 🔥 В тренде
button-all-categories = 🗂 Все категории
button-free = 🎁 Бесплатно
button-favourites = ⭐ Избранное
button-invite = 👥 Пригласить друзей
button-settings-menu = Настройки
button-support = Поддержка
button-back = ← Назад
button-cancel = ✖️ Отмена
button-choice-marked = ✓ { $label }
button-page-before = ← Стр. { $page } из { $count }
button-page-after = Стр. { $page } из { $count } →
toast-unchanged = Вы уже здесь
toast-old-button = Эта кнопка уже не действует. Вот свежий экран.
toast-chat-busy = В этом чате сейчас слишком много сообщений. Нажмите ещё раз через { $seconds } с.
toast-cancelled = Отменено
pace-sometimes = { $usual }, изредка до { $slow }
duration-seconds = { $seconds } с
duration-minutes = { $minutes } мин
duration-minutes-seconds = { $minutes } мин { $seconds } с
