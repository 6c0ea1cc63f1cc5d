using System.Text.Json.Serialization;

namespace AlignOps.Statistics.Slices;

/// <summary>What the evidence says of a slice. Too little to tell is an answer of its own, and it is not "fine".</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SliceStanding>))]
public enum SliceStanding
{
    /// <summary>Neither is proven.</summary>
    [JsonStringEnumMemberName("inconclusive")] Inconclusive,

    /// <summary>Proven to be worse by less than the margin, if at all.</summary>
    [JsonStringEnumMemberName("not-worse")] NotWorse,

    /// <summary>Proven to be worse by more than the margin.</summary>
    [JsonStringEnumMemberName("worse")] Worse,
}
