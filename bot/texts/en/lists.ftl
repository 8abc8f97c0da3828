list-best =
    🏆 <b>Best models</b>
    The ones that most often give a good result.
list-trending =
    🔥 <b>Trending</b>
    What was used most in the last seven days.
list-favourites = ⭐ <b>Favourites</b>
list-recent =
    🕘 <b>Recent models</b>
    The last one first.
list-all = 🗂 <b>All models by name</b>
list-found =
    🔎 <b>Found</b>
    To search again, just write other words.
list-best-empty = There is nothing to compare yet: no model is for sale.
list-trending-empty = Nobody has made anything in the last seven days. Be the first!
list-favourites-empty = Nothing here yet. Open the card of a model and tap “☆ Add to favourites”.
list-recent-empty = You have not made anything yet.
list-all-empty = No model is for sale right now.
list-found-empty = Nothing was found. Please try another word: a name, a company, or what to make.
search =
    🔎 <b>Search</b>
    Write the name of a model, a company, or what to make: for example “picture”, “speech” or “Kling”. Typos do no harm.
price-from = from { $price }
button-recent = 🕘 Recent
button-search-again = 🔎 Search again
button-all-models = All models by name
button-category =
    { $models ->
        [0] { $category } · soon
       *[other] { $category } · { $models }
    }
button-family = { $family } · { $models }
family = <b>{ $family }</b>
family-line =
    • <b>{ $family }</b>. { $models } { $models ->
        [one] model
       *[other] models
    }
price-per = { $price } per { $unit }
