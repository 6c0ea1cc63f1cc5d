using System.Diagnostics;

namespace AlignOps.Benchmarks.Loop;

/// <summary>A clock that runs as clocks do, from a moment of one's choosing, and can be moved forward.</summary>
internal sealed class MovableClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private DateTimeOffset _from = start;
    private long _since = Stopwatch.GetTimestamp();

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _from + Stopwatch.GetElapsedTime(_since);
        }
    }

    public void MoveTo(DateTimeOffset moment)
    {
        lock (_lock)
        {
            if (moment < _from + Stopwatch.GetElapsedTime(_since))
            {
                throw new ArgumentOutOfRangeException(nameof(moment), moment, "This clock only moves forward.");
            }

            (_from, _since) = (moment, Stopwatch.GetTimestamp());
        }
    }
}
