result = ✅ <b>{ $model }</b> · No. { $number } · { $price }
result-late = ✅ <b>{ $model }</b> · No. { $number } · free: it came late, the money was returned before
result-prompt = { $prompt }
result-variant = 🔢 Variant { $variant } of { $variants }
result-fewer = ⚠️ { $arrived } of { $sold } arrived.
result-fewer-returned = ⚠️ { $arrived } of { $sold } arrived: { $returned } came back.
result-fewer-balance = ⚠️ { $arrived } of { $sold } arrived: { $returned } came back, your balance is { $balance }.
result-album = ✅ <b>{ $model }</b> · No. { $number }: { $files } { $files ->
        [one] file
       *[other] files
    }
result-too-large = ✅ <b>{ $model }</b> · No. { $number }: done, but the file is over 50 MB, which Telegram takes from no bot.
result-link =
    ⬇️ { $url }
    The link works until { $until }. History gives a new one.
result-link-none = The file is kept, please write to us: /support
original = 📄 <b>{ $model }</b> · No. { $number }: the file, uncompressed
original-gone = 📄 <b>{ $model }</b> · No. { $number }: the original file is kept no more. Telegram’s copy is left, see History.
button-original = 📄 Original
toast-original = Sending the uncompressed file
result-gone =
    😔 <b>{ $model }</b> · No. { $number }: neither we nor the model’s maker have the file any more.
    We have noted it. Please write to /support: an operator will look and decide about returning { $price }.
failed =
    😔 <b>{ $model }</b> · No. { $number }: it did not work.
    { $reason }

    ↩️ { $returned } came back, your balance is { $balance }.
failed-content-policy = The model refused: the request breaks its rules. Please say it differently.
failed-bad-input = The model did not take these settings. Please change the request.
failed-provider-busy = The model is overloaded right now. Please try a little later.
failed-provider-down = The model’s service is down right now. Please try later.
failed-timeout = The model did not answer in time. If the result still comes, you get it for free.
failed-lost = The connection to the model broke off. If the result still comes, you get it for free.
failed-result-missing = The model finished, but its file could not be fetched.
failed-our-account = The service is unavailable for a while, and it is our fault. We are on it.
failed-input-gone = The file it was to be made from is gone, here and at Telegram. Please take another one.
failed-unknown = Something went wrong.
button-again = 🔁 Try again
button-change-prompt = ✏️ Change prompt
button-other-model = 🔀 Other model
result-parent = ↩️ Made from No. { $number }
button-parent = ↩️ From #{ $number }
button-repeat = 🔁 Repeat
failed-free =
    😔 <b>{ $model }</b> · No. { $number }: it did not work.
    { $reason }

    It was a free run, no money was touched: your balance is { $balance }. How many free ones are left: /balance.
