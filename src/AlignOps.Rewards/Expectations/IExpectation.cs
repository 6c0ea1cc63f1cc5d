using System.Text.Json;

namespace AlignOps.Rewards.Expectations;

/// <summary>One kind of thing that a suite item can expect of an answer, under one key of its <c>expect</c> object.</summary>
internal interface IExpectation
{
    /// <summary>The key in <c>expect</c>, and the name of the check.</summary>
    string Key { get; }

    /// <summary>Whether the answer meets it; null where <paramref name="expected"/> itself makes no sense.</summary>
    bool? IsMet(JsonElement expected, string answer);
}
