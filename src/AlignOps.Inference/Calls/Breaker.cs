namespace AlignOps.Inference.Calls;

/// <summary>Tells when an endpoint is down for everyone, so that a thousand calls do not each find out with all their patience.</summary>
internal sealed class Breaker(int failuresUntilDown, TimeSpan downFor, TimeProvider time)
{
    private readonly Lock _counting = new();
    private int _failures;
    private DateTimeOffset _downUntil = DateTimeOffset.MinValue;

    public bool IsDown
    {
        get
        {
            lock (_counting) return time.GetUtcNow() < _downUntil;
        }
    }

    public void Heard()
    {
        lock (_counting) (_failures, _downUntil) = (0, DateTimeOffset.MinValue);
    }

    public void Failed()
    {
        lock (_counting)
        {
            if (++_failures >= failuresUntilDown) _downUntil = time.GetUtcNow() + downFor;
        }
    }
}
