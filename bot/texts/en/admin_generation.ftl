admin-generation = ✨ <b>Generation No. { $number } · { $model }</b>
admin-generation-person = 👤 { $name } ({ $id })
admin-generation-state = <b>{ $state }</b> since { $moment }
admin-generation-failure = Why: { $failure }
admin-generation-detail = <code>{ $detail }</code>
admin-generation-created = Ordered: { $moment }
admin-generation-asked = Sent to the provider: { $moment }
admin-generation-accepted = Accepted by it: { $moment }
admin-generation-told = The person was told: { $moment }
admin-generation-next = Next step: { $moment }
admin-generation-task = Task: <code>{ $task }</code>
admin-generation-price = 💳 Price: <b>{ $price }</b>
admin-generation-cost = Credits that the provider took: { $credits }
admin-generation-expected = Credits that the provider will take: { $credits }
admin-generation-move = • { $moment } · { $title }: { $amount } ({ $change })
admin-ask-refund =
    ↩️ Give the money for generation No. { $number } back
    Write the reason.
admin-ask-retry =
    🔁 Do the next step of generation No. { $number } right now
    No money moves. Write why.
admin-no-generation = ⚠️ There is no such generation.
admin-not-retryable = ⚠️ This generation has ended: there is nothing to try again.
life-held = waits its turn
life-submitting = being sent to the provider
life-submitted = accepted by the provider
life-running = being made
life-fetching = being fetched
life-captured = paid, being delivered
life-delivered = delivered
life-kept = waits in the history
life-cancelled = cancelled
life-failed = failed, the money is back
life-late = came late, given for free
life-refunded = the staff gave the money back
failed-of-content = content policy
failed-of-input = the inputs did not fit
failed-of-busy = the provider is busy
failed-of-down = the provider could not do it
failed-of-time = it took too long
failed-of-loss = nobody knows whether it was taken
failed-of-result = there is no result
failed-of-account = the provider refused our account
button-admin-generation = No. { $number } · { $amount }
button-generation-retry = 🔁 Try the step again
button-generation-refund = ↩️ Give { $amount } back
