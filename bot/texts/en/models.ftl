categories =
    🗂 <b>All categories</b>
    { $models } { $models ->
        [one] model
       *[other] models
    } to choose from.
shelf =
    <b>{ $category }</b>
    { $models ->
        [0] There are no such models yet. As soon as there are, they stand here.
       *[other] Choose a model:
    }
shelf-line = • <b>{ $model }</b> · { $price }. { $description }
offers =
    <b>What shall I make of this text?</b>
    Choose a model, the prompt is filled in:
category-pictures = 🎨 Pictures and design
category-video = 🎬 Video
category-audio = 🔊 Audio
category-enhance = 🪄 Enhance quality
category-avatars = 🧑 Avatars
category-music = 🎵 Music
button-categories = 🗂 Categories
