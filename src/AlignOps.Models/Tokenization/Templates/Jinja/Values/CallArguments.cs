namespace AlignOps.Models.Tokenization.Templates.Jinja.Values;

/// <summary>What a call was given, by place and by name.</summary>
internal sealed record CallArguments(IReadOnlyList<object?> Positional, IReadOnlyDictionary<string, object?> Named)
{
    public static CallArguments None { get; } = new([], new Dictionary<string, object?>());

    public int Count => Positional.Count + Named.Count;

    public bool Has(int place, string name) => place < Positional.Count || Named.ContainsKey(name);

    /// <summary>The argument of a place or a name; a default where neither was given.</summary>
    public object? Get(int place, string name, object? otherwise = null) =>
        place < Positional.Count ? Positional[place] : Named.TryGetValue(name, out object? value) ? value : otherwise;

    public object? Require(int place, string name) =>
        Has(place, name) ? Get(place, name) : throw JinjaException.Error($"the argument {name} is missing");

    public TracedText Text(int place, string name) =>
        Require(place, name) as TracedText ?? throw JinjaException.Error($"the argument {name} should be a text");

    public long Integer(int place, string name, long otherwise) => Get(place, name, otherwise) switch
    {
        long number => number,
        bool flag => flag ? 1 : 0,
        _ => throw JinjaException.Error($"the argument {name} should be an integer"),
    };

    /// <summary>Refuses arguments that nothing here knows, which would otherwise be passed over in silence.</summary>
    public void AllowOnly(string what, int places, params ReadOnlySpan<string> names)
    {
        if (Positional.Count > places)
        {
            throw JinjaException.Error($"{what} takes {places} arguments, not {Positional.Count}");
        }

        foreach (string name in Named.Keys)
        {
            if (!names.Contains(name))
            {
                throw JinjaException.Error($"{what} takes no argument {name} in the subset");
            }
        }
    }
}
