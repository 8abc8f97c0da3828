question-title = ✨ <b>{ $model }</b>
question = <b>{ $label }</b>
question-help = { $text }
question-present = Сейчас: { $value }
limit-text = Напишите сообщением, до { $most } { $most ->
        [one] знака
       *[other] знаков
    }.
limit-number = Напишите число от { $least } до { $most }.
limit-result = 🔗 Выберите из того, что уже создано здесь.
limit-choice = Выберите кнопкой:
settings =
    ⚙️ <b>{ $model }</b>
    Что изменить?
input-line = <b>{ $label }:</b> { $value }
input-files = { $count } { $count ->
        [one] файл
        [few] файла
       *[many] файлов
    }
input-result = №{ $number }
problem-missing = ⚠️ «{ $label }»: нужен ответ.
problem-unknown = ⚠️ Модель больше не спрашивает «{ $label }».
problem-wrong-type = ⚠️ «{ $label }»: так ответить нельзя.
problem-too-short = ⚠️ «{ $label }»: слишком коротко, нужно хотя бы { $limit } зн.
problem-too-long = ⚠️ «{ $label }»: слишком длинно, можно не больше { $limit } зн.
problem-not-a-choice = ⚠️ «{ $label }»: такого варианта нет. Выберите кнопкой.
problem-not-a-number = ⚠️ «{ $label }»: нужно число.
problem-too-small = ⚠️ «{ $label }»: не меньше { $limit }.
problem-too-big = ⚠️ «{ $label }»: не больше { $limit }.
problem-off-step = ⚠️ «{ $label }»: шаг { $limit }.
problem-too-few = ⚠️ «{ $label }»: нужно не меньше { $limit }.
problem-too-many = ⚠️ «{ $label }»: можно не больше { $limit }.
problem-result-gone = ⚠️ «{ $label }»: этого результата у модели уже нет. Выберите другой.
problem-rule = ⚠️ { $text }
button-settings = ⚙️ Настройки
button-to-card = ← К заказу
button-answer-clear = 🗑 Убрать ответ
button-change = ✏️ { $label }
