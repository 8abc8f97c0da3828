categories =
    <b>What shall it be?</b>
    { $models } { $models ->
        [one] model
       *[other] models
    } to choose from.
shelf =
    <b>{ $category }</b>
    { $models ->
        [0] Nothing here yet.
       *[other] Choose a model:
    }
shelf-line = • <b>{ $model }</b>. { $description }
offers =
    <b>What shall I make of this text?</b>
    Choose a model, the prompt is filled in:
category-pictures = 🎨 Pictures and design
category-video = 🎬 Video
category-audio = 🔊 Sound and voice
category-enhance = 🪄 Enhance quality
category-avatars = 🧑 Avatars
category-music = 🎵 Music
button-categories = 🗃 All models
