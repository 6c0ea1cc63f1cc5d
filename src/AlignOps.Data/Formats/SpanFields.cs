using AlignOps.Data.Checks;
using AlignOps.Data.Feedback;

namespace AlignOps.Data.Formats;

/// <summary>
/// The marked stretches of an answer in <c>spans</c>: each a <c>start</c>, an <c>end</c> and a <c>label</c>, <c>good</c> or <c>bad</c>, with a
/// <c>weight</c> and a <c>category</c> where they were given.
/// </summary>
internal static class SpanFields
{
    /// <summary>Null where no stretch is marked.</summary>
    public static IReadOnlyList<AnswerSpan>? Read(RowFields fields) =>
        fields.HasValue("spans") && fields.Objects("spans", RowReasons.MissingField, One) is { Count: > 0 } spans ? spans : null;

    private static AnswerSpan One(RowFields span)
    {
        int start = Place(span, "start"), end = Place(span, "end");
        var name = span.Text("label");
        SpanLabel? label = name switch { "good" => SpanLabel.Good, "bad" => SpanLabel.Bad, _ => null };
        if (label is null)
        {
            span.Fail(RowReasons.SpanInvalid, "The label of a span must be good or bad.");
        }

        return new AnswerSpan(start, end, label ?? default, span.OptionalNumber("weight") ?? 1, span.OptionalText("category"));
    }

    private static int Place(RowFields span, string name)
    {
        if (span.OptionalNumber(name) is not { } number)
        {
            span.Fail(RowReasons.MissingField, $"{name} is missing.");
            return 0;
        }

        if (number is >= 0 and <= int.MaxValue && number == Math.Floor(number))
        {
            return (int)number;
        }

        span.Fail(RowReasons.SpanInvalid, $"{name} must be a whole number from 0.");
        return 0;
    }
}
