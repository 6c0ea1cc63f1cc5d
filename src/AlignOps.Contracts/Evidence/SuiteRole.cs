using System.Text.Json.Serialization;

namespace AlignOps.Contracts.Evidence;

/// <summary>What a suite is asked for.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SuiteRole>))]
public enum SuiteRole
{
    /// <summary>Answers are compared in pairs: is the candidate better than the champion, and not worse than the anchor?</summary>
    [JsonStringEnumMemberName("preference")] Preference,

    /// <summary>Answers are scored one by one: can the candidate still do what the champion can?</summary>
    [JsonStringEnumMemberName("regression")] Regression,

    /// <summary>Answers are scored one by one for people to read; no rule of the gate looks at them.</summary>
    [JsonStringEnumMemberName("report")] Report,
}
