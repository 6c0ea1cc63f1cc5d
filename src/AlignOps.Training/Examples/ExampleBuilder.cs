using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Examples;

/// <summary>
/// Makes examples of feedback rows. A preference becomes scores 1 and 0, a ranking keeps its scores, a demonstration is one answer to imitate;
/// a thumb is one answer with its label, for methods that learn from thumbs; critiques are not used.
/// </summary>
/// <param name="maxTokens">Limit of prompt and answer together.</param>
public sealed class ExampleBuilder(ITokenizer tokenizer, int maxTokens)
{
    /// <summary>What the objective can learn from these rows, in their order.</summary>
    public ExampleSet ForTraining(IEnumerable<FeedbackRow> rows, IObjective objective) => Build(rows, objective);

    /// <summary>What a policy can be measured on: as for training, whatever the objective.</summary>
    public ExampleSet ForHeldOut(IEnumerable<FeedbackRow> rows) => Build(rows, objective: null);

    private ExampleSet Build(IEnumerable<FeedbackRow> rows, IObjective? objective)
    {
        List<TrainingExample> examples = [];
        var skipped = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (FeedbackRow row in rows)
        {
            (TrainingExample? example, string? reason) = Build(row, objective?.LearnsFromThumbs == true);
            if (example is not null && objective is not null && objective.Plan([example]).Sequences.Count == 0)
            {
                reason = ExampleSet.NoSignal;
            }

            if (reason is null)
            {
                examples.Add(example!);
            }
            else
            {
                skipped[reason] = skipped.GetValueOrDefault(reason) + 1;
            }
        }

        return new ExampleSet(examples, skipped);
    }

    private (TrainingExample? Example, string? Reason) Build(FeedbackRow row, bool withThumbs)
    {
        (Candidate Candidate, double? Score)[] judged = row.Kind == FeedbackKind.Thumb && !withThumbs ? [] : CandidateScores.Of(row);
        if (judged.Length == 0)
        {
            return (null, ExampleSet.UnusedKind);
        }

        int[] prompt = tokenizer.EncodePrompt(row.Prompt);
        TrainingCandidate[] candidates = [.. judged.Select(j => new TrainingCandidate(tokenizer.EncodeAnswer(j.Candidate.Text), j.Score, row.Kind == FeedbackKind.Thumb ? j.Candidate.Label : null))];
        return candidates.Any(c => prompt.Length + c.Answer.Length > maxTokens)
            ? (null, ExampleSet.TooLong)
            : (new TrainingExample(row.Id, prompt, candidates), null);
    }
}
