namespace AlignOps.Platform.Jobs;

/// <summary>A job that cannot succeed: bad input, not bad luck. The run ends as failed with this code and sentence.</summary>
public sealed class JobFailedException(string code, string reason) : Exception(reason)
{
    public string Code { get; } = code;
}
