using AlignOps.Inference.Requests;

namespace AlignOps.Evaluation.Judging.Llm.Reading;

/// <summary>Reads only what a model did say, to the end.</summary>
internal static class Spoken
{
    public static Found<T> Read<T>(ChatAnswer answer, Func<string, Found<T>> read) => answer switch
    {
        { Refusal: not null } => Found<T>.None(UnscoredReasons.Refused),
        { Cut: true } => Found<T>.None(UnscoredReasons.Cut),
        _ when string.IsNullOrWhiteSpace(answer.Text) => Found<T>.None(UnscoredReasons.Empty),
        _ => read(answer.Text),
    };
}
