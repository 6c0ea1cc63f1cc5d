using System.Collections.Concurrent;

namespace AlignOps.Platform.Messaging;

/// <summary>Which deliveries are in their handlers now, and since when. A handler takes milliseconds; one that does not holds up its whole queue.</summary>
internal sealed class HandlerWatch(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, (string What, long Since)> _handling = [];

    /// <summary>Dispose what it returns when the handler is through.</summary>
    public IDisposable Enter(string what)
    {
        var id = Guid.NewGuid();
        _handling[id] = (what, time.GetTimestamp());
        return new Handling(this, id);
    }

    /// <summary>The delivery that has been with its handler longest; null when none is.</summary>
    public (string What, TimeSpan For)? Longest() =>
        _handling.Values.OrderBy(handling => handling.Since).Select(handling => ((string, TimeSpan)?)(handling.What, time.GetElapsedTime(handling.Since))).FirstOrDefault();

    private sealed class Handling(HandlerWatch watch, Guid id) : IDisposable
    {
        public void Dispose() => watch._handling.TryRemove(id, out _);
    }
}
