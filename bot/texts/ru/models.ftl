categories =
    <b>Что создать?</b>
    { $models } { $models ->
        [one] модель
        [few] модели
       *[many] моделей
    } на выбор.
shelf =
    <b>{ $category }</b>
    { $models ->
        [0] Здесь пока пусто.
       *[other] Выберите модель:
    }
shelf-line = • <b>{ $model }</b>. { $description }
offers =
    <b>Что сделать из этого текста?</b>
    Выберите модель, описание уже заполнено:
category-pictures = 🎨 Картинки и дизайн
category-video = 🎬 Видео
category-audio = 🔊 Звук и голос
category-enhance = 🪄 Улучшить качество
category-avatars = 🧑 Аватары
category-music = 🎵 Музыка
button-categories = 🗃 Все модели
