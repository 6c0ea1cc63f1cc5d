using System.Text.Json.Serialization;

namespace AlignOps.Data.Feedback;

/// <summary>What was said of a stretch of an answer.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SpanLabel>))]
public enum SpanLabel
{
    /// <summary>To be said again.</summary>
    [JsonStringEnumMemberName("good")] Good,

    /// <summary>Not to be said again.</summary>
    [JsonStringEnumMemberName("bad")] Bad,
}
