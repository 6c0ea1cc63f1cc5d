using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>What a format's reader made of a row, before the checks and before it has a provenance.</summary>
internal sealed record RowContent(FeedbackKind Kind, IReadOnlyList<ChatMessage> Prompt, IReadOnlyList<Candidate> Candidates)
{
    public static RowContent Preference(IReadOnlyList<ChatMessage> prompt, string chosen, string rejected) =>
        new(FeedbackKind.Preference, prompt, [new Candidate(chosen, Score: 1), new Candidate(rejected, Score: 0)]);

    public static RowContent Demonstration(IReadOnlyList<ChatMessage> prompt, string answer) =>
        new(FeedbackKind.Demonstration, prompt, [new Candidate(answer)]);

    /// <summary>Every text of the row with the words that a sentence about it begins with.</summary>
    public IEnumerable<(string Name, string Text)> Texts()
    {
        for (var i = 0; i < Prompt.Count; i++)
        {
            yield return ($"Turn {i + 1} of the prompt", Prompt[i].Content);
        }

        foreach (var answer in AnswerTexts())
        {
            yield return answer;
        }
    }

    /// <summary>The texts that a policy could be taught: answers, and critiques of them.</summary>
    public IEnumerable<(string Name, string Text)> AnswerTexts()
    {
        for (var i = 0; i < Candidates.Count; i++)
        {
            yield return (Candidates.Count == 1 ? "The answer" : $"Answer {i + 1}", Candidates[i].Text);
            if (Candidates[i].Critique is { } critique)
            {
                yield return ("The critique", critique);
            }
        }
    }
}
