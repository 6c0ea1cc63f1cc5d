using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;

namespace AlignOps.Tests.Platform.Compliance;

/// <summary>Says how often handlers are to fail before they work.</summary>
internal sealed class Trouble
{
    private int _left;

    public int Left
    {
        get => _left;
        set => _left = value;
    }

    public void Pass()
    {
        if (Interlocked.Decrement(ref _left) >= 0)
        {
            throw new InvalidOperationException("The handler was told to fail.");
        }
    }
}

internal sealed class AlphaHandler : IHandle<Noted>
{
    public Task HandleAsync(Noted message, IUnitOfWork work, CancellationToken cancellationToken) => Effects.AddAsync(work, "alpha", message.Id);
}

internal sealed class BetaHandler(Trouble trouble) : IHandle<Noted>, IHandle<Act>
{
    public async Task HandleAsync(Noted message, IUnitOfWork work, CancellationToken cancellationToken)
    {
        await Effects.AddAsync(work, "beta", message.Id);
        trouble.Pass();
    }

    public Task HandleAsync(Act message, IUnitOfWork work, CancellationToken cancellationToken) => Effects.AddAsync(work, "beta", "act:" + message.Id);
}

internal sealed class AlphaListener(Heard heard) : IListen<Noted>
{
    public Task HearAsync(Noted message, CancellationToken cancellationToken)
    {
        heard.Ids.Writer.TryWrite(message.Id);
        return Task.CompletedTask;
    }
}

/// <summary>What a process's listener heard.</summary>
internal sealed class Heard
{
    public System.Threading.Channels.Channel<string> Ids { get; } = System.Threading.Channels.Channel.CreateUnbounded<string>();
}
