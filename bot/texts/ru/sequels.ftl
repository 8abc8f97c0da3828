sequels =
    ➡️ <b>Что сделать с №{ $number }?</b>
    Выберите модель, файл уже на месте.
sequel-which = 📎 В №{ $number } несколько файлов. Какой взять в «{ $model }»? Они пронумерованы по порядку.
toast-sequel-gone = Уже не получится: файл больше не хранится, или модель сняли.
button-sequels = ➡️ Ещё модели
sequel-animate = 🎬 Оживить · { $price }
sequel-talk = 🗣 Озвучить · { $price }
sequel-edit = 🎨 Правка · { $price }
sequel-extend = ⏩ Продлить · { $price }
sequel-rework = 🎛 Переделать · { $price }
sequel-upscale = 🔍 Улучшить · { $price }
sequel-cut-out = ✂️ Без фона · { $price }
sequel-add-sound = 🔊 Звук · { $price }
sequel-clip = 🎞 Видео · { $price }
sequel-clean = 🎧 Без шума · { $price }
sequel-animate-title = 🎬 Оживить: сделать видео
sequel-talk-title = 🗣 Озвучить: заставить говорить
sequel-edit-title = 🎨 Правка по описанию
sequel-extend-title = ⏩ Продлить
sequel-rework-title = 🎛 Переделать песню
sequel-upscale-title = 🔍 Улучшить качество
sequel-cut-out-title = ✂️ Убрать фон
sequel-add-sound-title = 🔊 Добавить звук
sequel-clip-title = 🎞 Сделать видео под этот звук
sequel-clean-title = 🎧 Убрать шум
