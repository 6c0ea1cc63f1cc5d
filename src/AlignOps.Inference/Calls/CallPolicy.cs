namespace AlignOps.Inference.Calls;

/// <summary>How patient a client is.</summary>
public sealed record CallPolicy
{
    /// <summary>Calls under way at once.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Attempts a call, the first included. Ten outlast a minute of 429 even where the pauses fall short.</summary>
    public int MostAttempts { get; init; } = 10;

    /// <summary>For one attempt, from sending to the last byte.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>For one call with all its attempts and pauses; a pause that would end later is not waited for.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Before the second attempt; doubled before each further one, and spread at random over its upper half.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(500);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Calls that fail one after another before the endpoint counts as down.</summary>
    public int FailuresUntilDown { get; init; } = 10;

    /// <summary>How long it then stays so, before calls try it again.</summary>
    public TimeSpan DownFor { get; init; } = TimeSpan.FromSeconds(60);
}
