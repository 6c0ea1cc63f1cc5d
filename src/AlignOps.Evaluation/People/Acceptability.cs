using System.Text.Json.Serialization;

namespace AlignOps.Evaluation.People;

/// <summary>How good one answer is by itself, in four levels (after the ratings of Self-Instruct, Wang and others, 2022).</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Acceptability>))]
public enum Acceptability
{
    /// <summary>Right and satisfying.</summary>
    [JsonStringEnumMemberName("good")] Good,

    /// <summary>Acceptable, with small errors or imperfections.</summary>
    [JsonStringEnumMemberName("minor-errors")] MinorErrors,

    /// <summary>It answers the request, with significant errors.</summary>
    [JsonStringEnumMemberName("major-errors")] MajorErrors,

    /// <summary>Irrelevant or wrong throughout.</summary>
    [JsonStringEnumMemberName("unusable")] Unusable,
}
