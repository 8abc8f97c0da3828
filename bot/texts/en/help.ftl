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
    /language: language
    /cancel: cancel the order
