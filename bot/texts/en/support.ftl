support =
    💬 <b>Support</b>
    Write to us, and we will help. Please name the number from your history, that is quicker.
support-own = { $text }
support-none =
    💬 <b>Support</b>
    You cannot write to a person from here yet: the owner of the bot has not named a contact.
    Money for failed work comes back by itself. The button leads to answers to frequent questions.
paysupport =
    💳 <b>Questions about a payment</b>
    • Stars are gone but no money came: do nothing. We compare with Telegram every hour and credit the payment by ourselves, once.
    • You want a refund: the Stars of a payment go back as a whole, as long as that money is not spent.
    • A subscription can be cancelled on any day: Balance → Top up → Subscription.
    Telegram's own support does not deal with payments in this bot: we do.
paysupport-contact = Write to us and name the day, the sum and the payment's number from Telegram's receipt.
paysupport-no-contact = The owner of the bot has not named a contact yet. Money for failed work comes back by itself.
terms =
    📄 <b>Terms</b>
    • The price is on the button before you pay, and exactly that is taken. Money is taken only when the result is ready, and comes back by itself if it fails.
    • A payment is credited to your balance once. Refunds and questions about payments: /paysupport. Bonuses are spent first and are not paid out.
    • Send only what you have the right to. What the law or the rules of a model forbid is not made.
    • A neural network makes the result: it can be inaccurate. How you use it is your responsibility.
terms-full = The button opens the full text.
terms-none = The owner of the bot has not published the full terms yet.
button-write = ✍️ Write
button-privacy = 🔐 Privacy
button-terms = 📄 Terms
button-read-terms = 📄 Read
