using System.Text.Json;

namespace AlignOps.Rewards.Expectations;

/// <summary><c>"text": "42"</c> or <c>"text": ["42", "forty-two"]</c>: the answer is one of these, but for space around it.</summary>
internal sealed class ExactText : IExpectation
{
    public string Key => "text";

    public bool? IsMet(JsonElement expected, string answer) =>
        JsonStrings.Of(expected)?.Any(text => string.Equals(text.Trim(), answer.Trim(), StringComparison.Ordinal));
}
