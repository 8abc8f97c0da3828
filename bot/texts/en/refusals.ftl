refused-unknown-order = We do not know this invoice. Please make a new one.
refused-wrong-person = This invoice was made for somebody else.
refused-wrong-amount = The amount is not the invoice’s. Please make a new one.
refused-already-paid = This invoice is paid already.
refused-expired = This invoice has expired. Please make a new one.
refused-banned = You have no access to this bot.
refused-subscribed = You have a subscription already. You can change it in the bot: Top up → Subscription.
refused-storage-away = Payments do not work right now. Please try in a minute, nothing was charged.
