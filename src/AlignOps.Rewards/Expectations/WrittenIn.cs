using System.Text.Json;
using AlignOps.Data.Languages;

namespace AlignOps.Rewards.Expectations;

/// <summary><c>"language": "de"</c> or a list, by ISO 639-1: the answer is written in one of them. An answer that does not show its language is not.</summary>
internal sealed class WrittenIn : IExpectation
{
    public string Key => "language";

    public bool? IsMet(JsonElement expected, string answer) =>
        JsonStrings.Of(expected) is { } languages && languages.All(language => language.Length == 2) ? LanguageGuess.Of(answer) is { } language && languages.Contains(language) : null;
}
