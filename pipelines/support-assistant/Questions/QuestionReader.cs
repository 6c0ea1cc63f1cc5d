using AlignOps.Examples.SupportAssistant.Knowledge;

namespace AlignOps.Examples.SupportAssistant.Questions;

/// <summary>Recognises what a customer's message asks for, by the words that name it, in any frame.</summary>
internal static class QuestionReader
{
    private static readonly (string Name, Topic Topic)[] Names =
    [
        .. from topic in KnowledgeBase.Facts.Concat(KnowledgeBase.Unknowns)
           from noun in topic.Nouns
           orderby noun.Length descending, topic.Id
           select (noun, topic),
    ];

    /// <summary>Null when the message asks for nothing this example knows of.</summary>
    public static Question? Read(string text)
    {
        if (HarmfulRequests.Acts.FirstOrDefault(act => Words.Mentions(text, act)) is { } act)
        {
            return HarmfulRequests.Targets.FirstOrDefault(target => Words.Mentions(text, $"{act} {target}")) is { } target
                ? new Question(QuestionKind.Harmful, text, $"{act} {target}", null)
                : null;
        }

        var topic = Names.FirstOrDefault(name => IsNamed(text, name.Name, name.Topic)).Topic;
        return topic is null ? null : new Question(topic.Value is null ? QuestionKind.Unknown : FormatOf(text), text, topic.Id, topic);
    }

    private static bool IsNamed(string text, string noun, Topic topic) =>
        Words.Mentions(text, noun) && (topic.Plan is null || Words.Mentions(text, topic.Plan));

    private static QuestionKind FormatOf(string text) =>
        Words.Mentions(text, "JSON") ? QuestionKind.FactAsJson
        : Words.Mentions(text, "list") || Words.Mentions(text, "bullets") ? QuestionKind.FactAsList
        : Words.Mentions(text, "one line") || Words.Mentions(text, "One line") ? QuestionKind.FactOnOneLine
        : QuestionKind.Fact;
}
