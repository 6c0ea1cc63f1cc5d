namespace AlignOps.Serving;

/// <summary>How a process serves; what is served is the registry's and the pipelines' affair.</summary>
public sealed class ServingOptions
{
    /// <summary>Requests generated together in one call.</summary>
    public int MaxBatch { get; set; } = 32;

    /// <summary>Requests that may wait for one policy; the next is answered 429.</summary>
    public int QueueCapacity { get; set; } = 1024;

    /// <summary>How often the registry is read. A promotion is also announced, so this is the longest a missed announcement lasts.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Characters of a request and of an answer that are kept on record, each.</summary>
    public int LoggedCharacters { get; set; } = 16_384;

    /// <summary>How long answers stay on record for feedback to find them.</summary>
    public TimeSpan InferenceRetention { get; set; } = TimeSpan.FromDays(30);
}
