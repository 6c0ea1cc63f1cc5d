using AlignOps.Data.Feedback;
using AlignOps.Models.Tokenization;

namespace AlignOps.Training.Examples;

/// <summary>How feedback rows become examples, for the methods that read them alike. Pure.</summary>
public interface IExampleShape
{
    /// <summary>The kinds of rows that it can make examples of.</summary>
    IReadOnlyList<FeedbackKind> Kinds { get; }

    /// <param name="row">Of any kind; one that is not among <see cref="Kinds"/> gives <see cref="ExampleSet.UnusedKind"/>.</param>
    ShapedRow Shape(FeedbackRow row, ITokenizer tokenizer);
}
