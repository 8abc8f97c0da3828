help =
    ❓ <b>How it works</b>
    1. Write what you need, or choose a model.
    2. Answer a question or two. The price is on the button before you pay.
    3. Tap the price, and the result comes right here.

    Money is set aside first and taken only when the result is ready. If it fails, it comes back by itself. While an order is in the queue, you can cancel it.

    /menu: the menu
    /models: all models
    /history: history
    /balance: balance
    /budget: your own limit
    /language: language
    /cancel: cancel the order
help-free = 🎁 <b>How to get free generations</b>
help-free-bonus = Everybody gets { $bonus } as a bonus at the first visit. It is spent first.
help-free-no-bonus = There is no welcome bonus right now.
help-free-runs = { $day } free generations a day, no more than { $hour } an hour: { $models }.
help-free-none = There are no free runs per day yet.
help-free-cheapest = The least expensive right now: { $model }, { $price }.
help-top-up =
    ⭐ <b>How to top up</b>
    1. Open “Balance” and tap “Top up”.
    2. Choose a pack or write your own number of Stars.
    3. Pay the invoice: the money is here at once, once per payment.

    The rate: { $rate }. If there was not enough for an order, it waits: after paying tap “Run now”.
help-top-up-subscription = Subscription: { $stars } ⭐ a month, and { $amount } comes each month. You can cancel on any day.
help-prices =
    💳 <b>How pricing works</b>
    The price depends on the model and on the settings: duration, size, sound. The exact sum is on the button that confirms, and exactly that is charged.

    After the tap the money is set aside. It is taken only when the result is ready. The price on the card holds for { $minutes }, then the bot shows the new one and asks again.
help-errors =
    🛟 <b>What to do on an error</b>
    • It could not be made: the money is back already, tap “Try again” or change the prompt.
    • The model refused: the request breaks its rules, please say it differently.
    • The result did not come: it waits in “History”, where you get it again for free.
    • A button does not answer: send /menu.
help-errors-contact = Still no good? Write to support: /support
help-errors-no-contact = There is no support contact yet, but money for a failure comes back by itself.
button-help-free = 🎁 How to get it free
button-help-top-up = ⭐ How to top up
button-help-prices = 💳 How pricing works
button-help-errors = 🛟 What to do on an error
