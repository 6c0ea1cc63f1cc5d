namespace AlignOps.Data.Languages;

/// <summary>Words that hardly a sentence of a language is without.</summary>
internal static class SmallWords
{
    private static readonly (string Language, Script Script, string Words)[] Lists =
    [
        ("en", Script.Latin, "the of and to is in that it was for are with as his they be at this have from or had by but not what all were we when your can said there use an each which she do how their if will up other about out many then them these so some her would make like him into has more go no way could people my than first been who its now find long down day did get come may part i you on one my me us am yes maybe please only just very because should after before does here"),
        ("de", Script.Latin, "der die das und ist nicht ein eine zu den mit von für auf sich im dem des auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man dann soll ich wir ihr kann wenn"),
        ("fr", Script.Latin, "le la les de des du et est un une que qui dans pour pas sur par plus ce ne se au aux avec il elle sont ils nous vous mais ou où comme été cette ces son sa ses leur tout fait être même très je tu on d l qu c n"),
        ("es", Script.Latin, "el la los las de del y es un una que en para por con no se su lo al como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante todos uno les ni contra otros ese eso ante ellos yo fue está son tiene puede"),
        ("pt", Script.Latin, "o a os as de do da dos das e é um uma que em no na nos nas para por com não se seu sua mais como mas ao foi ele tem à seus ou ser quando muito há já está eu também só pelo pela até isso ela entre era depois sem mesmo aos ter você são uma"),
        ("it", Script.Latin, "il lo la i gli le di del della dei e è un una che in per con non si su da al come più ma sono anche nel alla questo ha dal se o ci ne quando chi cui tutto molto essere fatto dalla delle nella loro suo sua perché può io noi"),
        ("nl", Script.Latin, "de het een en van is dat op te in voor met niet zijn aan die er maar om ook als bij dan naar uit nog wel door over ik je we zij wat heeft worden deze wordt kan meer hebben of werd geen"),
        ("sv", Script.Latin, "och att det som en på är av för med den till inte om ett har de jag var man så från kan vi sig nu men eller när hade ut där alla skulle mycket hans bara efter upp också ska hur"),
        ("da", Script.Latin, "og at det som en på er af for med den til ikke om et har de jeg var man så fra kan vi sig nu men eller når havde ud der alle skulle meget hans efter op også skal hvordan blev bliver hvis mig dig"),
        ("no", Script.Latin, "og at det som en på er av for med den til ikke om et har de jeg var man så fra kan vi seg nå men eller når hadde ut der alle skulle mye hans bare etter opp også skal hvordan ble blir hvis meg deg"),
        ("fi", Script.Latin, "ja on ei se että oli joka mutta ovat tai myös kun niin hän sen ole kuin jos vain ne voi olla mitä tämä siitä minä sinä me jotka mukaan jälkeen sekä"),
        ("pl", Script.Latin, "i w na z się do nie to jest że o jak ale po co tak za od przez dla być są czy jego już tylko było który może ten tym bardzo także oraz jej ich ja jeśli więc"),
        ("cs", Script.Latin, "a v na se je že do to s z o i jsem ale jako za by pro tak po co jsou si nebo být který také když jeho už podle jen byl bylo které při jak může této"),
        ("hu", Script.Latin, "a az és hogy nem is egy ez van meg de volt csak mint már ha még vagy el azt lehet ezt kell után fel szerint nagyon minden között amely lesz én"),
        ("ro", Script.Latin, "și de la în a un o cu care pe nu este din că mai pentru ca se sau fi au fost sunt prin ce dar al ale lui după această acest când foarte poate"),
        ("tr", Script.Latin, "ve bir bu da de için ile çok olarak daha gibi ne ama kadar olan en var ya mi her sonra değil ki o ben sen biz onun veya ise olduğu"),
        ("vi", Script.Latin, "và là của có không được cho trong một các người này với những đã để khi từ đến cũng như ra về nhiều tôi bạn thì lại phải vào"),
        ("id", Script.Latin, "yang dan di dari untuk dengan ini itu tidak dalam adalah pada ke akan juga oleh saya sudah ada atau mereka karena bisa kita telah sebagai lebih dapat"),
        ("sw", Script.Latin, "na ya wa kwa ni katika za la kuwa hii hiyo yake cha kama pia lakini watu mtu au ambao hata sana moja wake yao baada bila mimi"),
        ("ca", Script.Latin, "el la els les de del i és un una que en per amb no es al com més però són també seu seva aquest aquesta hi ha ser o quan entre molt sobre des fins"),
        ("ru", Script.Cyrillic, "и в не на что он с как это по но они к у за из от так же для вы бы было то все она мы до его или только если быть есть который также при может уже очень был я"),
        ("bg", Script.Cyrillic, "и на да в се за от с не е че по са като но до към или който която това след при този тази много може само беше има още между както ще съм"),
        ("uk", Script.Cyrillic, "та не що на це як до за але про він вона вони для від або так також бути може якщо дуже був було є"),
        ("hi", Script.Devanagari, "है के में की और का से को पर यह नहीं हैं एक कि ने भी लिए था कर हो इस साथ वह जो अपने गया तो मैं आप"),
        ("mr", Script.Devanagari, "आहे आणि या हे ते आहेत नाही एक मी तो ती होते होता करून त्या च्या ला साठी पण असे की म्हणून मध्ये"),
        ("ne", Script.Devanagari, "छ र को मा हो पनि गर्न छन् लागि यो एक भने थियो गरेको तर बाट हरू म तपाईं गर्ने हुन्छ"),
    ];

    private static readonly Dictionary<string, Script> ScriptsOfLanguages = Lists.ToDictionary(list => list.Language, list => list.Script, StringComparer.Ordinal);

    /// <summary>Word in lower case → the languages that have it.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<string>> Languages = Lists
        .SelectMany(list => list.Words.Split(' ').Distinct(StringComparer.Ordinal).Select(word => (Word: word, list.Language)))
        .GroupBy(pair => pair.Word, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(pair => pair.Language)], StringComparer.Ordinal);

    public static Script ScriptOf(string language) => ScriptsOfLanguages[language];
}
