using System.Text.Json;

namespace AlignOps.Rewards.Expectations;

/// <summary><c>"maxCharacters": 280</c>: the answer is not empty and has at most so many characters (UTF-16 units).</summary>
internal sealed class LengthLimit : IExpectation
{
    public string Key => "maxCharacters";

    public bool? IsMet(JsonElement expected, string answer) =>
        expected.ValueKind == JsonValueKind.Number && expected.TryGetInt32(out var limit) && limit > 0
            ? !string.IsNullOrWhiteSpace(answer) && answer.Length <= limit
            : null;
}
