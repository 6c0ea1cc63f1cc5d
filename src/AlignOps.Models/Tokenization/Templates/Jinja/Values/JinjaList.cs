namespace AlignOps.Models.Tokenization.Templates.Jinja.Values;

/// <summary>A list or a tuple; neither changes.</summary>
internal sealed record JinjaList(IReadOnlyList<object?> Items, bool IsTuple = false);
