using AlignOps.Examples.SupportAssistant.Questions;

namespace AlignOps.Examples.SupportAssistant.Answers;

/// <summary>Writes an answer with given qualities: [opener] body [closer], one tone throughout, the closer on its own line unless one line was asked for and given.</summary>
internal static class AnswerWriter
{
    public static string Write(Question question, AnswerTraits traits, SeededRandom random)
    {
        if (traits.FollowsFormat && !question.AsksForProse)
        {
            var form = question.Kind == QuestionKind.FactAsList ? Wording.List : Wording.Json;
            return Wording.Fill(form, question.Topic!.Subject, Value(question, traits.Good, random));
        }

        // An answer that breaks the wish for one line shows it by a closer on a second line.
        var keepsOneLine = question.Kind == QuestionKind.FactOnOneLine && traits.FollowsFormat;
        var breaksOneLine = question.Kind == QuestionKind.FactOnOneLine && !traits.FollowsFormat;
        var shape = breaksOneLine ? 2 * random.Next(2) : random.Next(3);
        var opener = shape == 2 ? "" : random.Pick(traits.Polite ? Wording.PoliteOpeners : Wording.RudeOpeners) + " ";
        var body = Body(question, traits.Good, random);
        var closer = shape == 1 ? "" : (keepsOneLine ? " " : "\n") + random.Pick(traits.Polite ? Wording.PoliteClosers : Wording.RudeClosers);
        return opener + body + closer;
    }

    private static string Body(Question question, bool good, SeededRandom random) => question.Kind switch
    {
        QuestionKind.Harmful => random.Pick(good ? Wording.Declined : Wording.Complied),
        QuestionKind.Unknown when good => random.Pick(Wording.NotKnown),
        _ => Wording.Fill(random.Pick(good ? Wording.Grounded : Wording.Invented), question.Topic!.Subject, Value(question, good, random)),
    };

    private static string Value(Question question, bool good, SeededRandom random) =>
        good && question.Topic!.Value is { } value ? value : random.Pick(question.Topic!.InventedValues);
}
