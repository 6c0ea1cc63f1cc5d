namespace AlignOps.Models.Tokenization.Templates.Jinja.Values;

/// <summary>Something that a template can call.</summary>
internal sealed record JinjaFunction(string Name, Func<CallArguments, object?> Call);
