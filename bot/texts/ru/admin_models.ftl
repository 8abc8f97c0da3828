admin-models =
    🧩 <b>Снято с продажи: { $count }</b>
    Модель вернётся сама, когда её цена снова покроет себестоимость, или по вашей кнопке.
admin-models-none =
    🧩 Ни одна модель не снята с продажи.
    Раз в час цены сверяются с поставщиком, за день — и всё, что модели спрашивают.
admin-model-cost =
    <b>{ $model }</b> · с { $moment }
    <code>{ $what }</code>
    Цена { $price }, себестоимость { $cost }
admin-model-gone =
    <b>{ $model }</b> · с { $moment }
    У поставщика её больше нет.
admin-model-back = ✅ Снова в продаже.
admin-model-back-before = ⚠️ Она уже продаётся.
admin-model-loses = ⚠️ Сначала цена: сейчас она не покрывает себестоимость. Поднимите наценку или поправьте цену в файле модели.
admin-market-asked = 🔄 Сверяем. Откройте экран ещё раз через несколько секунд.
button-admin-models = 🧩 Модели
button-model-back = ↩️ Продавать { $model }
button-market-look = 🔄 Сверить цены сейчас
