using System.Threading.Channels;

namespace AlignOps.Tests.Intake.Compliance;

/// <summary>The events that were handled, in their order.</summary>
internal sealed class Gathered
{
    private readonly Channel<object> _messages = Channel.CreateUnbounded<object>();

    public void Add(object message) => _messages.Writer.TryWrite(message);

    public async Task<T> NextAsync<T>()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        return Assert.IsType<T>(await _messages.Reader.ReadAsync(limit.Token));
    }
}
