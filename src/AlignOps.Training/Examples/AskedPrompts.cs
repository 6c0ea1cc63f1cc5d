using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;

namespace AlignOps.Training.Examples;

/// <summary>Rows of any kind as prompts to answer: the one answer of an example is its end token, in the place of what is going to be sampled.</summary>
internal sealed class AskedPrompts() : RowShape(Enum.GetValues<FeedbackKind>())
{
    protected override ShapedRow Of(FeedbackRow row, ITokenizer tokenizer) =>
        new TrainingExample(row.Id, tokenizer.EncodePrompt(row.Prompt), [new TrainingCandidate(tokenizer.EncodeAnswer(""), Score: null)]);
}
