using System.Text.Json;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging;

/// <summary>Reference answers of suite items: <c>expect.reference</c>, a text, or in a question of several turns a list of one text a turn.</summary>
internal static class References
{
    /// <summary>For the turn that the item ends with; null where there is none.</summary>
    public static string? Of(SuiteItem item)
    {
        if (item.Expect is not { ValueKind: JsonValueKind.Object } expect || !expect.TryGetProperty("reference", out var reference)) return null;
        var text = reference.ValueKind == JsonValueKind.Array ? reference.EnumerateArray().ElementAtOrDefault(item.TurnCount - 1) : reference;
        return text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } found ? found : null;
    }
}
