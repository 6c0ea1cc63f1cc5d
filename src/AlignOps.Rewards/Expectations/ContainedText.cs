using System.Text.Json;

namespace AlignOps.Rewards.Expectations;

/// <summary><c>"contains": "EUR 12"</c> or a list: each stands somewhere in the answer, in any case.</summary>
internal sealed class ContainedText : IExpectation
{
    public string Key => "contains";

    public bool? IsMet(JsonElement expected, string answer) =>
        JsonStrings.Of(expected)?.All(text => answer.Contains(text, StringComparison.OrdinalIgnoreCase));
}
