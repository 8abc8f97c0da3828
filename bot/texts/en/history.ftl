history =
    🕘 <b>History</b>
    📥 sends the result again, 📄 sends the uncompressed file (both for free), 🔁 begins the same request.
history-empty =
    🕘 <b>History</b>
    Nothing here yet. Make something!
history-line =
    <b>No. { $number } · { $model }</b> · { $price }
    { $moment } · { $state }
    { $prompt }
state-waiting = in the queue
state-running = being made
state-done = done
state-cancelled = cancelled, money returned
state-failed = failed, money returned
state-late = came late, free
state-refunded = refunded
button-show = 📥 #{ $number }
button-newest = ⏮ Newest
button-older = Older →
toast-result-sought = Our copy is gone. I am looking for the file at the model’s maker and will send it here.
toast-result-gone = This file is not kept any more
button-repeat-number = 🔁 #{ $number }
button-original-number = 📄 #{ $number }
