categories =
    🗂 <b>Все категории</b>
    { $models } { $models ->
        [one] модель
        [few] модели
       *[many] моделей
    }: по разделам или все подряд, по алфавиту.
shelf =
    <b>{ $category }</b>
    { $models ->
        [0] Таких моделей пока нет. Как только появятся, будут здесь.
       *[other] Выберите модель.
    }
shelf-line =
    <b>{ $model }</b> · { $price }
    { $description }
offer-shelf = { $category }
offer-line = • <b>{ $model }</b> · { $price }
offers =
    <b>Что сделать из этого текста?</b>
    Выберите модель, описание уже заполнено.
category-pictures = 🎨 Картинки и дизайн
category-video = 🎬 Видео
category-audio = 🔊 Звук
category-enhance = 🪄 Улучшить качество
category-avatars = 🧑 Аватары
category-music = 🎵 Музыка
button-categories = 🗂 Категории
shelf-resting = ⏸ Отдыхает до { $moment }
shelf-off-sale = ⏸ Снята с продажи: проверяем цену
selling-stopped = ⏸ Сейчас мы ничего не создаём: улаживаем дела с поставщиком моделей. Деньги не откладываются, всё вернётся само, попробуйте немного позже.
