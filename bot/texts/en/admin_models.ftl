admin-models =
    🧩 <b>Off sale: { $count }</b>
    A model returns by itself when its price covers its cost again, or by your button.
admin-models-none =
    🧩 No model was taken off sale.
    Every hour the prices are compared with the provider's, and in the course of a day all that models ask.
admin-model-cost =
    <b>{ $model }</b> · since { $moment }
    <code>{ $what }</code>
    Price { $price }, cost { $cost }
admin-model-gone =
    <b>{ $model }</b> · since { $moment }
    The provider has it no longer.
admin-model-back = ✅ On sale again.
admin-model-back-before = ⚠️ It is sold already.
admin-model-loses = ⚠️ The price first: it does not cover the cost now. Raise the markup, or mend the price in the model's file.
admin-market-asked = 🔄 Comparing. Open the screen again in a few seconds.
button-admin-models = 🧩 Models
button-model-back = ↩️ Sell { $model }
button-market-look = 🔄 Compare prices now
