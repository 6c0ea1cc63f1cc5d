namespace AlignOps.Data.Feedback;

/// <summary>One answer to a row's prompt and what was said of it.</summary>
/// <param name="Text">The answer, as given.</param>
/// <param name="Score">Higher is better; comparable only inside the row.</param>
/// <param name="Label">A thumb: true up, false down.</param>
/// <param name="Critique">What a person or a critic wrote about it.</param>
/// <param name="Source">Who wrote the answer: a model's name, <c>human</c>, or null when unknown.</param>
/// <param name="Aspects">What single raters' questions gave, such as <c>helpfulness</c>; null where nothing was asked by aspect.</param>
/// <param name="Spans">Stretches of the answer that were marked good or bad; null where none were.</param>
public sealed record Candidate(
    string Text,
    double? Score = null,
    bool? Label = null,
    string? Critique = null,
    string? Source = null,
    IReadOnlyDictionary<string, double>? Aspects = null,
    IReadOnlyList<AnswerSpan>? Spans = null);
