using System.Text.Json.Serialization;

namespace AlignOps.Promotion.Gates;

/// <summary>What a rule's verdict does to the decision.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RuleKind>))]
public enum RuleKind
{
    /// <summary>Must pass for a promotion; otherwise the gate is inconclusive.</summary>
    [JsonStringEnumMemberName("requirement")] Requirement,

    /// <summary>Rejects when it fails.</summary>
    [JsonStringEnumMemberName("alarm")] Alarm,

    /// <summary>Tells people something; it decides nothing.</summary>
    [JsonStringEnumMemberName("advice")] Advice,
}
