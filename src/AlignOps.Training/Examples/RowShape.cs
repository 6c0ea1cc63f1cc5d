using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;

namespace AlignOps.Training.Examples;

/// <summary>A shape that reads some kinds of rows and refuses the others.</summary>
internal abstract class RowShape(params IReadOnlyList<FeedbackKind> kinds) : IExampleShape
{
    public IReadOnlyList<FeedbackKind> Kinds => kinds;

    public ShapedRow Shape(FeedbackRow row, ITokenizer tokenizer) => kinds.Contains(row.Kind) ? Of(row, tokenizer) : ShapedRow.None(ExampleSet.UnusedKind);

    /// <param name="row">Of one of the kinds.</param>
    protected abstract ShapedRow Of(FeedbackRow row, ITokenizer tokenizer);
}
