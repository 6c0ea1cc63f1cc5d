using System.Text.Json.Serialization;

namespace AlignOps.Evaluation.People;

/// <summary>What a person says of two answers, by their places.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LabelChoice>))]
public enum LabelChoice
{
    [JsonStringEnumMemberName("first")] First,

    [JsonStringEnumMemberName("second")] Second,

    /// <summary>Equally good.</summary>
    [JsonStringEnumMemberName("tie")] Tie,

    /// <summary>Equally bad: a tie that tells that neither will do.</summary>
    [JsonStringEnumMemberName("both-bad")] BothBad,
}
