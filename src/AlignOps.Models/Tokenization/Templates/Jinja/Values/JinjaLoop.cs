namespace AlignOps.Models.Tokenization.Templates.Jinja.Values;

/// <summary>The variable <c>loop</c> of a loop's pass.</summary>
internal sealed class JinjaLoop(IReadOnlyList<object?> items, int index, List<object?> seen)
{
    public object? Get(string name) => name switch
    {
        "index" => index + 1L,
        "index0" => (long)index,
        "revindex" => (long)(items.Count - index),
        "revindex0" => items.Count - index - 1L,
        "first" => index == 0,
        "last" => index == items.Count - 1,
        "length" => (long)items.Count,
        "depth" => 1L, // Only a recursive loop goes deeper, and those are outside the subset.
        "depth0" => 0L,
        "previtem" => index > 0 ? items[index - 1] : new JinjaUndefined("previtem"),
        "nextitem" => index + 1 < items.Count ? items[index + 1] : new JinjaUndefined("nextitem"),
        "cycle" => new JinjaFunction("cycle", Cycle),
        "changed" => new JinjaFunction("changed", Changed),
        _ => new JinjaUndefined(name),
    };

    private object? Cycle(CallArguments arguments) => arguments.Positional.Count > 0
        ? arguments.Positional[index % arguments.Positional.Count]
        : throw JinjaException.Error("loop.cycle needs something to cycle through");

    private object? Changed(CallArguments arguments)
    {
        var now = new JinjaList(arguments.Positional, IsTuple: true);
        bool changed = seen.Count == 0 || !PythonValues.AreEqual(seen[0], now);
        seen.Clear();
        seen.Add(now);
        return changed;
    }
}
