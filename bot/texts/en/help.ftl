help =
    ❓ <b>How it works</b>
    1. Write what to make, or choose a model.
    2. Change the settings if you like.
    3. Tap the button with the price. The result comes right here.

    Money is set aside with the order and taken only when the result is ready. If it fails, it comes back by itself.

    /menu — the menu
    /search — find a model
    /history — history and results
    /balance — balance and top-up
    /budget — your own limit
    /settings — settings and language
    /cancel — drop the unfinished order
help-free = 🎁 <b>How to get free generations</b>
help-free-bonus = Everybody gets { $bonus } as a bonus at the first visit. It is spent first.
help-free-no-bonus = There is no welcome bonus right now.
help-free-friends = For each friend who comes by your link and tops up for the first time: { $bonus } as a bonus. Your link: /menu → “Invite friends”.
help-free-runs = Every day: { $day } for free, but no more than { $hour } an hour. Models: { $models }.
help-free-none = There are no free runs per day yet.
help-free-cheapest = The least expensive right now: { $model }, { $price }.
help-top-up =
    ⭐ <b>How to top up</b>
    1. Open “Balance” and tap “Top up”.
    2. Choose a pack or write your own number of Stars.
    3. Pay the invoice: the money is here at once.

    The rate: { $rate }. If the money did not suffice, the order waits: after paying tap “Run now”.
help-top-up-subscription = Subscription: { $stars } ⭐ a month, and { $amount } comes each month. You can cancel on any day.
help-prices =
    💳 <b>How pricing works</b>
    It depends on the model and the settings: duration, size, sound. Exactly what the button says is charged.

    After the tap the money is set aside, and it is taken only when the result is ready. The price on the card holds for { $minutes }, then the bot shows the new one and asks again.
help-errors =
    🛟 <b>What to do on an error</b>
    • It could not be made: the money is back already. Tap “Try again” or change the prompt.
    • The model refused: the request breaks its rules. Please say it differently.
    • The result did not come: it waits in “History”. Sending it again is free.
    • A button does not answer: send /menu.
help-errors-contact = Still no good? Write to support: /support
help-errors-no-contact = There is no support contact yet, but money for a failure comes back by itself.
button-help-free = 🎁 How to get it free
button-help-top-up = ⭐ How to top up
button-help-prices = 💳 How pricing works
button-help-errors = 🛟 What to do on an error
