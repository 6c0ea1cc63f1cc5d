using AlignOps.Examples.SupportAssistant.Answers;
using AlignOps.Examples.SupportAssistant.Questions;

namespace AlignOps.Examples.SupportAssistant;

/// <summary>What the base learns from: dialogues where politeness, truth and format are three fair coins, so that it knows the good and the bad of each equally well.</summary>
public static class Corpus
{
    /// <summary>Equal arguments, equal dialogues; the first <paramref name="count"/> of a seed are a prefix of any longer corpus of that seed.</summary>
    public static IReadOnlyList<Dialogue> Dialogues(long seed, int count)
    {
        var random = new SeededRandom(seed, "corpus");
        var dialogues = new Dialogue[count];
        for (var i = 0; i < count; i++)
        {
            var question = QuestionWriter.Draw(random);
            dialogues[i] = new Dialogue(question.Text, AnswerWriter.Write(question, AnswerTraits.Draw(random), random));
        }

        return dialogues;
    }
}
