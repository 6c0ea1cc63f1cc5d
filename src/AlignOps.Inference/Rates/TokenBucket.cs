namespace AlignOps.Inference.Rates;

/// <summary>
/// A bucket that refills with time and is drawn on in the order of asking. Who asks for more than there is learns how long to wait, and the bucket goes into debt meanwhile.
/// In any window of w seconds at most max(capacity, largest draw) + w · rate is let through.
/// </summary>
/// <remarks>Not <c>System.Threading.RateLimiting</c>'s: that one reads the machine's clock, takes no draw above its capacity, and takes nothing back.</remarks>
public sealed class TokenBucket(double capacity, double perSecond, TimeProvider time)
{
    private readonly Lock _drawing = new();
    private double _missing;
    private long _stamp = time.GetTimestamp();

    /// <summary>For a limit per minute that holds in every minute: a tenth of it at once, the rest over the minute.</summary>
    public static TokenBucket PerMinute(int limit, TimeProvider time)
    {
        var burst = Math.Max(1, limit / 10.0);
        return new TokenBucket(burst, (limit - burst) / 60, time);
    }

    /// <summary>Draws, and returns how long to wait before acting on it.</summary>
    public TimeSpan Draw(double amount)
    {
        lock (_drawing)
        {
            Refill();
            _missing += amount;

            // Timers drop fractions of a millisecond, and an early call would be over the limit.
            return _missing <= capacity ? TimeSpan.Zero : TimeSpan.FromMilliseconds(Math.Ceiling((_missing - capacity) / perSecond * 1000));
        }
    }

    /// <summary>Gives back what was drawn and not used.</summary>
    public void Return(double amount)
    {
        lock (_drawing)
        {
            Refill();
            _missing = Math.Max(0, _missing - amount);
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        _missing = Math.Max(0, _missing - (time.GetElapsedTime(_stamp, now).TotalSeconds * perSecond));
        _stamp = now;
    }
}
