using System.Text.Json.Serialization;

namespace AlignOps.Data.Feedback;

/// <summary>The shape of judgement a row carries.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FeedbackKind>))]
public enum FeedbackKind
{
    /// <summary>One answer to imitate.</summary>
    [JsonStringEnumMemberName("demonstration")] Demonstration,

    /// <summary>Two answers, one preferred.</summary>
    [JsonStringEnumMemberName("preference")] Preference,

    /// <summary>Two or more answers with scores or ranks.</summary>
    [JsonStringEnumMemberName("ranking")] Ranking,

    /// <summary>One answer with a thumb up or down.</summary>
    [JsonStringEnumMemberName("thumb")] Thumb,

    /// <summary>One answer with a critique in words.</summary>
    [JsonStringEnumMemberName("critique")] Critique,

    /// <summary>One answer with a score, comparable among answers to the same prompt from the same source.</summary>
    [JsonStringEnumMemberName("rating")] Rating,

    /// <summary>A prompt without an answer: something to ask, nothing to learn from. The prompt holds the user's turns in order.</summary>
    [JsonStringEnumMemberName("task")] Task,
}
