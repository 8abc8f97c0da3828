limit-image = 📷 Пришлите фото или картинку файлом, до { $megabytes } МБ.
limit-video = 🎬 Пришлите видео, до { $megabytes } МБ.
limit-audio = 🎙 Пришлите голосовое сообщение или аудио, до { $megabytes } МБ.
limit-files = Можно несколько, хоть альбомом: до { $most }. Потом нажмите «Готово».
files-given = 📎 Прислано: { $count } из { $most }
button-files-done = ✅ Готово
button-files-clear = 🗑 Прислать заново
file-offers =
    { $count ->
        [one] <b>Что с этим сделать?</b>
       *[other] <b>Что с этим сделать?</b> Файлов: { $count }.
    }
    Выберите модель, файл уже на месте.
file-voice = 🎙 Голос в текст я пока не превращаю: описание напишите словами.
file-awaited = ⚠️ Здесь нужен файл, а не текст.
tap-awaited = ⚠️ Здесь нужна кнопка, а не текст.
file-too-heavy = ⚠️ Файл больше { $megabytes } МБ: такие большие Telegram ботам не отдаёт. Пришлите поменьше.
file-nothing = 🤷 Для такого файла пока нет модели.
toast-file-gone = Этого файла у меня уже нет. Пришлите его снова.
media-image = картинка
media-video = видео
media-audio = звук
problem-wrong-media = ⚠️ «{ $label }»: сюда нужен другой файл ({ $limit }).
problem-wrong-format = ⚠️ «{ $label }»: такой формат не подходит. Можно: { $limit }.
problem-too-heavy = ⚠️ «{ $label }»: файл больше { $limit } МБ. Пришлите поменьше.
problem-picture-format = ⚠️ «{ $label }»: такой формат не подходит. Можно: { $limit }. Пришлите картинку не файлом, а как фото: Telegram сам её переделает.
problem-picture-too-heavy = ⚠️ «{ $label }»: файл больше { $limit } МБ. Пришлите картинку не файлом, а как фото: Telegram сам её уменьшит.
problem-clip-too-short = ⚠️ «{ $label }»: слишком коротко, нужно хотя бы { $limit } с.
problem-clip-too-long = ⚠️ «{ $label }»: слишком длинно, можно не больше { $limit } с.
problem-unmeasured = ⚠️ «{ $label }»: длина неизвестна, а от неё зависит цена. Пришлите не файлом, а как видео, аудио или голосовое.
problem-unsized = ⚠️ «{ $label }»: размер картинки неизвестен, а от него зависит цена. Пришлите её не файлом, а как фото.
problem-enlarged-too-far = ⚠️ Картинка станет больше { $limit } точек по длинной стороне. Измените «{ $label }» или пришлите поменьше.
problem-unpriced-source = ⚠️ «{ $label }»: это видео в таком разрешении не подходит. Можно: { $limit }. Выберите другое.
