using System.Text.Json;

namespace AlignOps.Rewards.Expectations;

/// <summary><c>"forbids": "guarantee"</c> or a list: none of them stands anywhere in the answer, in any case.</summary>
internal sealed class ForbiddenText : IExpectation
{
    public string Key => "forbids";

    public bool? IsMet(JsonElement expected, string answer) =>
        JsonStrings.Of(expected) is { } texts && texts.All(text => text.Length > 0) ? !texts.Any(text => answer.Contains(text, StringComparison.OrdinalIgnoreCase)) : null;
}
