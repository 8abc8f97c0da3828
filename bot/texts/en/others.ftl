others =
    🔀 <b>Other model</b> instead of { $model } for No. { $number }.
    The prompt, the files and the settings come along where they fit.
others-none =
    🔀 No other model takes what { $model } was given for No. { $number }.
    See what else is on the shelf.
others-lost = ℹ️ All came along except: { $labels }. The model does not have it, or takes something else.
button-whole-shelf = 🗂 Whole shelf
