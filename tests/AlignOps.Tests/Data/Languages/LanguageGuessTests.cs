using AlignOps.Data.Languages;

namespace AlignOps.Tests.Data.Languages;

public sealed class LanguageGuessTests
{
    [Theory]
    [InlineData("en", "The order was sent on Monday and should be with you by the end of the week.")]
    [InlineData("de", "Die Bestellung wurde am Montag verschickt und sollte bis zum Ende der Woche bei Ihnen sein.")]
    [InlineData("fr", "La commande a été envoyée lundi et devrait être chez vous avant la fin de la semaine.")]
    [InlineData("es", "El pedido se envió el lunes y debería estar en su casa antes de que termine la semana.")]
    [InlineData("pt", "O pedido foi enviado na segunda e deve estar com você até o fim da semana.")]
    [InlineData("it", "L'ordine è stato spedito lunedì e dovrebbe essere da voi entro la fine della settimana.")]
    [InlineData("nl", "De bestelling is maandag verstuurd en zou aan het einde van de week bij u moeten zijn.")]
    [InlineData("sv", "Beställningen skickades i måndags och ska vara hos dig före slutet av veckan, om inte något händer.")]
    [InlineData("fi", "Tilaus on lähetetty maanantaina ja se on perillä viikon loppuun mennessä, jos kaikki menee hyvin.")]
    [InlineData("pl", "Zamówienie zostało wysłane w poniedziałek i powinno być u państwa do końca tygodnia, jeśli nie ma świąt.")]
    [InlineData("tr", "Sipariş pazartesi günü gönderildi ve hafta sonuna kadar sizde olacak, ama bu bir tahmin.")]
    [InlineData("vi", "Đơn hàng đã được gửi vào thứ hai và sẽ đến trong tuần này.")]
    [InlineData("sw", "Agizo lilitumwa siku ya Jumatatu na litafika kwa wakati katika wiki hii.")]
    [InlineData("ru", "Заказ отправлен в понедельник и должен быть у вас до конца недели, если не будет задержек.")]
    [InlineData("uk", "Замовлення відправлено в понеділок і має бути у вас до кінця тижня.")]
    [InlineData("bg", "Поръчката беше изпратена в понеделник и ще е при вас до края на седмицата, ако няма забавяне.")]
    [InlineData("el", "Η παραγγελία στάλθηκε τη Δευτέρα.")]
    [InlineData("he", "ההזמנה נשלחה ביום שני.")]
    [InlineData("ar", "تم إرسال الطلب يوم الاثنين.")]
    [InlineData("fa", "سفارش روز دوشنبه فرستاده شد و پیش از پایان هفته می‌رسد.")]
    [InlineData("ur", "آرڈر پیر کو بھیجا گیا ہے۔")]
    [InlineData("hi", "ऑर्डर सोमवार को भेजा गया है और यह इस सप्ताह में आप तक पहुँच जाएगा।")]
    [InlineData("th", "ส่งสินค้าแล้วเมื่อวันจันทร์")]
    [InlineData("ko", "주문은 월요일에 발송되었습니다.")]
    [InlineData("ja", "注文は月曜日に発送されました。")]
    [InlineData("zh", "订单已于星期一发出。")]
    public void Of_ASentence_IsItsLanguage(string language, string text)
    {
        Assert.Equal(language, LanguageGuess.Of(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("42 + 7 = 49")]
    [InlineData("OK")]
    [InlineData("Photosynthesis")]
    public void Of_TooLittle_IsNothing(string text)
    {
        Assert.Null(LanguageGuess.Of(text));
    }
}
