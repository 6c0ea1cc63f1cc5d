namespace AlignOps.Data.Feedback;

/// <summary>A stretch of an answer that was marked good or bad.</summary>
/// <param name="Start">Its first character, counted from 0 in UTF-16 units as .NET, Java and JavaScript count them.</param>
/// <param name="End">The character after its last.</param>
/// <param name="Weight">How much it counts; above 0.</param>
/// <param name="Category">What kind of mistake or merit it is, such as <c>factuality</c>; null where nobody said.</param>
public sealed record AnswerSpan(int Start, int End, SpanLabel Label, double Weight = 1, string? Category = null);
