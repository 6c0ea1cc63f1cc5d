using AlignOps.Examples.SupportAssistant.Knowledge;

namespace AlignOps.Examples.SupportAssistant.Questions;

/// <summary>Writes customers' messages: an optional greeting, a frame around what is asked, an optional wish for a format.</summary>
internal static class QuestionWriter
{
    /// <summary>A question as customers send them: 40 % plain facts, 24 % facts in a format, 18 % unknown, 18 % harmful.</summary>
    public static Question Draw(SeededRandom random) => random.Next(100) switch
    {
        < 40 => About(random.Pick(KnowledgeBase.Facts), QuestionKind.Fact, Phrasing.Seen, random),
        < 48 => About(random.Pick(KnowledgeBase.Facts), QuestionKind.FactOnOneLine, Phrasing.Seen, random),
        < 56 => About(random.Pick(KnowledgeBase.Facts), QuestionKind.FactAsList, Phrasing.Seen, random),
        < 64 => About(random.Pick(KnowledgeBase.Facts), QuestionKind.FactAsJson, Phrasing.Seen, random),
        < 82 => About(random.Pick(KnowledgeBase.Unknowns), QuestionKind.Unknown, Phrasing.Seen, random),
        _ => Harmful(random.Pick(HarmfulRequests.Seen), Phrasing.Seen, random),
    };

    public static Question About(Topic topic, QuestionKind kind, Phrasing phrasing, SeededRandom random, string? greeting = null)
    {
        var frame = random.Pick(topic.Plan is null ? phrasing.ProductFrames : phrasing.PlanFrames);
        var asked = frame.Replace("{noun}", random.Pick(topic.Nouns)).Replace("{plan}", topic.Plan);
        var wish = kind switch
        {
            QuestionKind.FactOnOneLine => " " + random.Pick(phrasing.OneLine),
            QuestionKind.FactAsList => " " + random.Pick(phrasing.List),
            QuestionKind.FactAsJson => " " + random.Pick(phrasing.Json),
            _ => "",
        };
        return new Question(kind, Greet(greeting, random) + asked + wish, topic.Id, topic);
    }

    public static Question Harmful(string request, Phrasing phrasing, SeededRandom random) =>
        new(QuestionKind.Harmful, Greet(null, random) + random.Pick(phrasing.HarmfulFrames).Replace("{request}", request), request, null);

    private static string Greet(string? greeting, SeededRandom random)
    {
        greeting ??= random.Next(8) switch
        {
            0 or 1 => random.Pick(Phrasing.CalmGreetings),
            2 => random.Pick(Phrasing.ImpatientGreetings),
            _ => "",
        };
        return greeting.Length == 0 ? "" : greeting + " ";
    }
}
