using System.Text.Json.Serialization;

namespace AlignOps.Evaluation.Regression.Trials;

/// <summary>What a training without a batch says of the batch.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TrialVerdict>))]
public enum TrialVerdict
{
    /// <summary>Without it nothing that had regressed is worse any more, and the answers are proven better.</summary>
    [JsonStringEnumMemberName("confirmed")] Confirmed,

    /// <summary>Without it the answers are proven better, and some of what had regressed is still worse.</summary>
    [JsonStringEnumMemberName("in-part")] InPart,

    /// <summary>Without it the answers are not proven better.</summary>
    [JsonStringEnumMemberName("not-confirmed")] NotConfirmed,
}
