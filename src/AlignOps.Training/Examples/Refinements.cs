using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;

namespace AlignOps.Training.Examples;

/// <summary>ILF's examples: the refinement that feedback in words led to, as the answer to the prompt alone.</summary>
internal sealed class Refinements() : RowShape(FeedbackKind.Ranking, FeedbackKind.Critique)
{
    protected override ShapedRow Of(FeedbackRow row, ITokenizer tokenizer) => RevisionChain.Of(row) is [.., var refinement]
        ? new TrainingExample(row.Id, tokenizer.EncodePrompt(row.Prompt), [new TrainingCandidate(tokenizer.EncodeAnswer(refinement.Text), Score: null)])
        : ShapedRow.None(SkipReasons.NoRevision);
}
