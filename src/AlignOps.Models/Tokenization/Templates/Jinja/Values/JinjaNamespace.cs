namespace AlignOps.Models.Tokenization.Templates.Jinja.Values;

/// <summary>What <c>namespace()</c> makes: the one thing that a loop can change for what comes after it.</summary>
internal sealed class JinjaNamespace
{
    public Dictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);
}
