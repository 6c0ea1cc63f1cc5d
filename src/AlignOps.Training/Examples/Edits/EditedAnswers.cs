using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;
using AlignOps.Training.Definitions;

namespace AlignOps.Training.Examples.Edits;

/// <summary>
/// The revised answer with what was changed in it weighing more than what was kept, and, where it is asked for, what was taken out of the answer before as
/// tokens that are not to be said. What changed is found among the tokens themselves.
/// </summary>
internal sealed class EditedAnswers(EditsSection section) : RowShape(FeedbackKind.Ranking, FeedbackKind.Preference, FeedbackKind.Critique)
{
    protected override ShapedRow Of(FeedbackRow row, ITokenizer tokenizer)
    {
        if (RevisionChain.LastStep(row) is not var (source, target))
        {
            return ShapedRow.None(SkipReasons.NoRevision);
        }

        int[] from = tokenizer.EncodeAnswer(source.Text), to = tokenizer.EncodeAnswer(target.Text);
        double[] revised = [.. Enumerable.Repeat(section.KeptWeight, to.Length)], removed = new double[from.Length];
        foreach (EditStep step in EditScript.Between<int>(from, to).Where(s => s.Kind != EditKind.Keep))
        {
            revised.AsSpan(step.TargetStart, step.TargetCount).Fill(section.ChangedWeight);
            removed.AsSpan(step.SourceStart, step.SourceCount).Fill(-section.RemovedWeight);
        }

        TrainingCandidate[] candidates =
            [new TrainingCandidate(to, Score: null, Weights: revised), .. removed.Any(w => w < 0) ? [new TrainingCandidate(from, Score: null, Weights: removed)] : Array.Empty<TrainingCandidate>()];
        return new TrainingExample(row.Id, tokenizer.EncodePrompt(row.Prompt), candidates);
    }
}
