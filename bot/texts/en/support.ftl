support =
    💬 <b>Support</b>
    Write to us, and we will help. Please name the number from your history, that is quicker.
support-own = { $text }
support-none =
    💬 <b>Support</b>
    You cannot write to a person from here yet: the owner of the bot has not named a contact.
    Money for failed work comes back by itself. Answers to frequent questions are below.
terms =
    📄 <b>Terms</b>
    The button opens the full text.
terms-none =
    📄 <b>Terms</b>
    You see the price before you pay. Money is taken only when the result is ready, and comes back by itself if it fails. Stars are credited once and at once.
    The owner of the bot has not published the full terms yet.
button-write = ✍️ Write
button-terms = 📄 Terms
button-read-terms = 📄 Read
