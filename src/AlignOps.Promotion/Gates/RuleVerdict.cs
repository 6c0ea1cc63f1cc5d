using System.Text.Json.Serialization;

namespace AlignOps.Promotion.Gates;

[JsonConverter(typeof(JsonStringEnumConverter<RuleVerdict>))]
public enum RuleVerdict
{
    /// <summary>A requirement is proven; an alarm had evidence to sound and did not.</summary>
    [JsonStringEnumMemberName("pass")] Pass,

    /// <summary>An alarm sounds: the harm is proven. A requirement is broken.</summary>
    [JsonStringEnumMemberName("fail")] Fail,

    /// <summary>The evidence is too little or missing.</summary>
    [JsonStringEnumMemberName("undecided")] Undecided,
}
