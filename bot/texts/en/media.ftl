limit-image = 📷 Send a photo, or a picture as a file, up to { $megabytes } MB.
limit-video = 🎬 Send a video, up to { $megabytes } MB.
limit-audio = 🎙 Send a voice message or an audio, up to { $megabytes } MB.
limit-files = Several are fine, an album too: up to { $most }. Then tap “Done”.
files-given = 📎 Sent: { $count } of { $most }
button-files-done = ✅ Done
button-files-clear = 🗑 Send anew
file-offers =
    { $count ->
        [one] <b>What shall I do with it?</b>
       *[other] <b>What shall I do with it?</b> Files: { $count }.
    }
    Choose a model, the file is in place.
file-voice = 🎙 I do not turn voice into text yet: please write a prompt in words.
file-awaited = ⚠️ A file is needed here, not a text.
tap-awaited = ⚠️ A button is needed here, not a text.
file-too-heavy = ⚠️ The file is over { $megabytes } MB: Telegram does not give such large ones to bots. Please send a smaller one.
file-nothing = 🤷 There is no model for such a file yet.
toast-file-gone = I no longer have this file. Please send it again.
media-image = picture
media-video = video
media-audio = sound
problem-wrong-media = ⚠️ “{ $label }” needs another kind of file ({ $limit }).
problem-wrong-format = ⚠️ “{ $label }” does not take this format. It takes: { $limit }.
problem-too-heavy = ⚠️ “{ $label }”: the file is over { $limit } MB. Please send a smaller one.
problem-picture-format = ⚠️ “{ $label }” does not take this format. These fit: { $limit }. Send the picture as a photo, not as a file: Telegram converts it by itself.
problem-picture-too-heavy = ⚠️ “{ $label }” is over { $limit } MB. Send the picture as a photo, not as a file: Telegram makes it smaller by itself.
problem-clip-too-short = ⚠️ “{ $label }” is too short, at least { $limit } seconds are needed.
problem-clip-too-long = ⚠️ “{ $label }” is too long, at most { $limit } seconds fit.
problem-unmeasured = ⚠️ “{ $label }”: the length is unknown, and the price depends on it. Please send it as a video, an audio or a voice message, not as a file.
problem-unsized = ⚠️ “{ $label }”: the size of the picture is unknown, and the price depends on it. Please send it as a photo, not as a file.
problem-enlarged-too-far = ⚠️ The picture would be larger than { $limit } pixels on its longer side. Change “{ $label }” or send a smaller one.
problem-unpriced-source = ⚠️ “{ $label }” does not take a video of this resolution. It takes: { $limit }. Please choose another one.
