using System.Text.Json.Serialization;

namespace AlignOps.Contracts;

/// <summary>The four answers of a gate. Missing evidence and time running out are <see cref="Inconclusive"/>, never a pass.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<GateDecision>))]
public enum GateDecision
{
    [JsonStringEnumMemberName("inconclusive")] Inconclusive,
    [JsonStringEnumMemberName("promote")] Promote,
    [JsonStringEnumMemberName("reject")] Reject,
    [JsonStringEnumMemberName("awaiting-approval")] AwaitingApproval,
}
