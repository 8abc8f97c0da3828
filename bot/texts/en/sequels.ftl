sequels =
    ➡️ <b>What to do with No. { $number }?</b>
    Choose a model, the file is in place already.
sequel-which = 📎 No. { $number } has several files. Which one goes into “{ $model }”? They are numbered in their order.
toast-sequel-gone = Not possible any more: the file is not kept, or the model is gone.
button-sequels = ➡️ More models
sequel-animate = 🎬 Animate · { $price }
sequel-talk = 🗣 Voice · { $price }
sequel-edit = 🎨 Edit · { $price }
sequel-extend = ⏩ Extend · { $price }
sequel-rework = 🎛 Rework · { $price }
sequel-upscale = 🔍 Upscale · { $price }
sequel-cut-out = ✂️ Cut out · { $price }
sequel-add-sound = 🔊 Sound · { $price }
sequel-clip = 🎞 Video · { $price }
sequel-clean = 🎧 Clean · { $price }
sequel-animate-title = 🎬 Animate: make a video of it
sequel-talk-title = 🗣 Voice: make it speak
sequel-edit-title = 🎨 Edit it in words
sequel-extend-title = ⏩ Extend
sequel-rework-title = 🎛 Rework the song
sequel-upscale-title = 🔍 Enhance the quality
sequel-cut-out-title = ✂️ Remove the background
sequel-add-sound-title = 🔊 Add sound
sequel-clip-title = 🎞 Make a video to this sound
sequel-clean-title = 🎧 Remove the noise
