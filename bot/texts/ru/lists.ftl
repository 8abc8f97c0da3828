list-best =
    🏆 <b>Лучшие модели</b>
    Те, что чаще всего дают удачный результат.
list-trending =
    🔥 <b>В тренде</b>
    Что создают чаще всего в последние семь дней.
list-favourites = ⭐ <b>Избранное</b>
list-recent =
    🕘 <b>Недавние модели</b>
    Последняя сверху.
list-all = 🗂 <b>Все модели по алфавиту</b>
list-found =
    🔎 <b>Что нашлось</b>
    Чтобы искать снова, просто напишите другие слова.
list-best-empty = Пока сравнивать нечего: моделей в продаже нет.
list-trending-empty = За последние семь дней ещё никто ничего не создавал. Будьте первым!
list-favourites-empty = Здесь пока пусто. Откройте карточку модели и нажмите «☆ В избранное».
list-recent-empty = Вы ещё ничего не создавали.
list-all-empty = Моделей в продаже сейчас нет.
list-found-empty = Ничего не нашлось. Попробуйте другое слово: название, компанию или что нужно создать.
search =
    🔎 <b>Поиск</b>
    Напишите название модели, компанию или что нужно создать: например, «картинка», «озвучка» или «Kling». Опечатки не страшны.
price-from = от { $price }
button-recent = 🕘 Недавние
button-search-again = 🔎 Искать снова
button-all-models = Все модели по алфавиту
button-category =
    { $models ->
        [0] { $category } · скоро
       *[other] { $category } · { $models }
    }
button-family = { $family } · { $models }
family = <b>{ $family }</b>
family-line =
    • <b>{ $family }</b>. { $models } { $models ->
        [one] модель
        [few] модели
       *[many] моделей
    }
price-per = { $price } за { $unit }
