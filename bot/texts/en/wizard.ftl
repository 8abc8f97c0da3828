question-title = ✨ <b>{ $model }</b>
question = <b>{ $label }</b>
question-help = { $text }
question-present = Now: { $value }
limit-text = Write it as a message, up to { $most } { $most ->
        [one] character
       *[other] characters
    }.
limit-number = Write a number from { $least } to { $most }.
limit-result = 🔗 Choose from what was made here before.
limit-choice = Choose with a button:
settings =
    ⚙️ <b>{ $model }</b>
    What would you like to change?
input-line = <b>{ $label }:</b> { $value }
input-files = { $count } { $count ->
        [one] file
       *[other] files
    }
input-result = No. { $number }
problem-missing = ⚠️ “{ $label }” needs an answer.
problem-unknown = ⚠️ The model does not ask for “{ $label }” any more.
problem-wrong-type = ⚠️ “{ $label }” cannot be answered like this.
problem-too-short = ⚠️ “{ $label }” is too short, at least { $limit } characters are needed.
problem-too-long = ⚠️ “{ $label }” is too long, at most { $limit } characters fit.
problem-not-a-choice = ⚠️ “{ $label }” has no such option. Please use a button.
problem-not-a-number = ⚠️ “{ $label }” needs a number.
problem-too-small = ⚠️ “{ $label }” must be at least { $limit }.
problem-too-big = ⚠️ “{ $label }” must be at most { $limit }.
problem-off-step = ⚠️ “{ $label }” goes in steps of { $limit }.
problem-too-few = ⚠️ “{ $label }” needs at least { $limit }.
problem-too-many = ⚠️ “{ $label }” takes at most { $limit }.
problem-result-gone = ⚠️ “{ $label }”: the model no longer has this result. Please choose another one.
problem-rule = ⚠️ { $text }
button-settings = ⚙️ Settings
button-to-card = ← To the order
button-answer-clear = 🗑 Take the answer back
button-change = ✏️ { $label }
