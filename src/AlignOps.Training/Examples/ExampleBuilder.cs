using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.Examples;

/// <summary>Makes examples of feedback rows and counts those that made none.</summary>
/// <param name="maxTokens">Limit of prompt and answer together.</param>
public sealed class ExampleBuilder(ITokenizer tokenizer, int maxTokens)
{
    private const int RowsNamed = 3;

    /// <summary>What the objective can learn from these rows, in their order.</summary>
    public ExampleSet ForTraining(IEnumerable<FeedbackRow> rows, IExampleShape shape, IObjective objective) => Build(rows, shape, objective);

    /// <summary>What a policy can be measured on, whatever the objective.</summary>
    public ExampleSet ForHeldOut(IEnumerable<FeedbackRow> rows) => Build(rows, RankedAnswers.Only, objective: null);

    private ExampleSet Build(IEnumerable<FeedbackRow> rows, IExampleShape shape, IObjective? objective)
    {
        List<TrainingExample> examples = [];
        var skipped = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var first = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (FeedbackRow row in rows)
        {
            (TrainingExample? example, string? reason) = Shape(row, shape);
            reason ??= Enumerable.Range(0, example!.Candidates.Count).Any(c => example.PromptOf(c).Length + example.Candidates[c].Answer.Length > maxTokens) ? ExampleSet.TooLong
                : objective is not null && objective.Plan([example]).Sequences.Count == 0 ? ExampleSet.NoSignal
                : null;
            if (reason is null)
            {
                examples.Add(example!);
            }
            else
            {
                skipped[reason] = skipped.GetValueOrDefault(reason) + 1;
                if (skipped[reason] <= RowsNamed)
                {
                    first[reason] = [.. first.GetValueOrDefault(reason) ?? [], RowNames.Of(row)];
                }
            }
        }

        return new ExampleSet(examples, skipped) { FirstRows = first };
    }

    /// <summary>A conversation that the chat template refuses makes no example, and no failure either.</summary>
    private ShapedRow Shape(FeedbackRow row, IExampleShape shape)
    {
        try
        {
            return shape.Shape(row, tokenizer);
        }
        catch (ChatTemplateException refusal)
        {
            return ShapedRow.None(refusal.Fault.Code);
        }
    }
}
