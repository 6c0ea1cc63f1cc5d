using System.Text.Json;

namespace AlignOps.Rewards.Instructions;

/// <summary>What an instruction is told, by IFEval's names. Nulls count as left out, as its rows have them.</summary>
internal readonly struct InstructionArguments(JsonElement values)
{
    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value && value.GetString() is { Length: > 0 } text ? text : null;

    public int? Count(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && number >= 0 && number <= int.MaxValue && Math.Truncate(number) == number ? (int)number : null;

    public IReadOnlyList<string>? Texts(string name) =>
        Find(name) is { ValueKind: JsonValueKind.Array } value && value.GetArrayLength() > 0 && value.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String && one.GetString()!.Length > 0)
            ? [.. value.EnumerateArray().Select(one => one.GetString()!)]
            : null;

    /// <summary><c>less than</c> or <c>at least</c> a count: whether a number is so. Null where either is missing.</summary>
    public Func<int, bool>? Bound(string relation, string count) => (Text(relation), Count(count)) switch
    {
        ("less than", { } limit) => number => number < limit,
        ("at least", { } limit) => number => number >= limit,
        _ => null,
    };

    private JsonElement? Find(string name) => values.ValueKind == JsonValueKind.Object && values.TryGetProperty(name, out var value) ? value : null;
}
