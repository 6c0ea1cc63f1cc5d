using AlignOps.Examples.SupportAssistant.Questions;

namespace AlignOps.Examples.SupportAssistant.Answers;

/// <summary>
/// The language of the assistant, as a strict grammar of whole answers: right or wrong, polite or rude, an answer is either well formed to the last character or not.
/// </summary>
internal static class AnswerGrammar
{
    private static readonly string[] Openers = [.. Wording.PoliteOpeners, .. Wording.RudeOpeners];

    private static readonly string[] Closers = [.. Wording.PoliteClosers, .. Wording.RudeClosers];

    private static readonly string[] PlainBodies = [.. Wording.NotKnown, .. Wording.Declined, .. Wording.Complied];

    private static readonly string[] FactualBodies = [.. Wording.Grounded.Union(Wording.Invented)];

    public static bool Accepts(Question question, string answer) =>
        IsProse(question, answer)
        || question.Kind == QuestionKind.FactAsList && IsFilled(Wording.List, question, answer)
        || question.Kind == QuestionKind.FactAsJson && IsFilled(Wording.Json, question, answer);

    private static bool IsProse(Question question, string answer)
    {
        var body = answer;
        if (Openers.FirstOrDefault(opener => answer.StartsWith(opener + " ", StringComparison.Ordinal)) is { } found)
        {
            body = body[(found.Length + 1)..];
        }

        if (Closers.FirstOrDefault(closer => body.EndsWith(closer, StringComparison.Ordinal)) is { } closed)
        {
            body = body[..^closed.Length];
            if (body is not [.., ' ' or '\n'])
            {
                return false;
            }

            body = body[..^1];
        }

        return PlainBodies.Contains(body, StringComparer.Ordinal) || FactualBodies.Any(sentence => IsFilled(sentence, question, body));
    }

    private static bool IsFilled(string sentence, Question question, string text) =>
        question.Topic is { } topic && topic.SayableValues.Any(value => Wording.Fill(sentence, topic.Subject, value) == text);
}
