using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Definitions;

namespace AlignOps.Training.Examples.Edits;

/// <summary>
/// Second Thoughts' examples: the prompt with a draft, the worse answer, and as the answer the edits that make it the better one, then that one whole.
/// </summary>
internal sealed class EditChains(SecondThoughtsSection section) : RowShape(FeedbackKind.Ranking, FeedbackKind.Preference, FeedbackKind.Critique)
{
    protected override ShapedRow Of(FeedbackRow row, ITokenizer tokenizer)
    {
        if (RevisionChain.LastStep(row) is not var (source, target))
        {
            return ShapedRow.None(SkipReasons.NoRevision);
        }

        string edits = WordEdits.Describe(source.Text, target.Text);
        return edits.Length == 0
            ? ShapedRow.None(ExampleSet.NoSignal)
            : new TrainingExample(
                row.Id,
                tokenizer.EncodePrompt(PromptText.After(row.Prompt, $"\n{section.DraftMarker}\n{source.Text}")),
                [new TrainingCandidate(tokenizer.EncodeAnswer($"{section.EditsMarker}\n{edits}{section.TargetMarker}\n{target.Text}"), Score: null)]);
    }
}
