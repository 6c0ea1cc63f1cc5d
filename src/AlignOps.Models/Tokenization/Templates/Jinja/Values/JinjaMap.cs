using System.Diagnostics.CodeAnalysis;

namespace AlignOps.Models.Tokenization.Templates.Jinja.Values;

/// <summary>A dict of text keys, in the order written; it does not change.</summary>
internal sealed class JinjaMap
{
    private readonly OrderedDictionary<string, (TracedText Key, object? Value)> _entries = new(StringComparer.Ordinal);

    public JinjaMap(IEnumerable<(TracedText Key, object? Value)> entries)
    {
        foreach ((TracedText key, object? value) in entries)
        {
            _entries[key.Value] = (key, value);
        }
    }

    public int Count => _entries.Count;

    public IEnumerable<(TracedText Key, object? Value)> Entries => _entries.Values;

    public bool TryGet(string key, [MaybeNullWhen(false)] out object? value)
    {
        bool found = _entries.TryGetValue(key, out (TracedText Key, object? Value) entry);
        value = entry.Value;
        return found;
    }

    public static JinjaMap Of(params IEnumerable<(string Key, object? Value)> entries) => new(entries.Select(e => (TracedText.Of(e.Key), e.Value)));
}
