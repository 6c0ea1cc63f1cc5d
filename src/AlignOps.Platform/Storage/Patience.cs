using Microsoft.Extensions.Logging;

namespace AlignOps.Platform.Storage;

/// <summary>Waits for a database or a disk that is away, for as long as its caller lets it.</summary>
internal sealed partial class Patience(TimeProvider time, ILogger<Patience> logger)
{
    private const double LongestPauseMilliseconds = 5000;

    /// <summary>Acts until it succeeds or fails for another reason than an absent database or disk.</summary>
    public async Task RunAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await act(cancellationToken);
                return;
            }
            catch (Exception fault) when (TransientErrors.Is(fault) && !cancellationToken.IsCancellationRequested)
            {
                LogAway(fault);
                var pause = Math.Min(LongestPauseMilliseconds, 50 * Math.Pow(2, attempt));
                await Task.Delay(TimeSpan.FromMilliseconds(pause), time, cancellationToken);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database or its disk is away; waiting for it")]
    private partial void LogAway(Exception fault);
}
