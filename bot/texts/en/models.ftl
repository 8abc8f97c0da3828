categories =
    🗂 <b>All categories</b>
    { $models } { $models ->
        [one] model
       *[other] models
    }: by section, or all of them by name.
shelf =
    <b>{ $category }</b>
    { $models ->
        [0] There are no such models yet. As soon as there are, they will be here.
       *[other] Choose a model.
    }
shelf-line =
    <b>{ $model }</b> · { $price }
    { $description }
offer-shelf = { $category }
offer-line = • <b>{ $model }</b> · { $price }
offers =
    <b>What shall I make of this text?</b>
    Choose a model, the prompt is filled in.
category-pictures = 🎨 Pictures and design
category-video = 🎬 Video
category-audio = 🔊 Audio
category-enhance = 🪄 Enhance quality
category-avatars = 🧑 Avatars
category-music = 🎵 Music
button-categories = 🗂 Categories
shelf-resting = ⏸ Resting until { $moment }
shelf-off-sale = ⏸ Off sale: we are checking the price
selling-stopped = ⏸ We cannot create anything right now: we are settling things with the provider of the models. No money is set aside and it comes back by itself, please try a little later.
