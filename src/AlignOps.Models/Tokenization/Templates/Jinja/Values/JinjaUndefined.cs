namespace AlignOps.Models.Tokenization.Templates.Jinja.Values;

/// <summary>What is not there: writes nothing, is false, has no items; to look into it is an error.</summary>
internal sealed record JinjaUndefined(string Name);
