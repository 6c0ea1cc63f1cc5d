using System.Data.Common;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using AlignOps.WebConsole.Access;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace AlignOps.WebConsole.Live;

/// <summary>Looks at a page's model again and again and tells what has changed, as server-sent events.</summary>
internal sealed class LiveStream(RegionRenderer renderer, IHostApplicationLifetime lifetime, IOptions<ConsoleOptions> options, TimeProvider time)
{
    /// <summary>A stream ends then and the browser asks anew, so that a sign-in that ended is noticed.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <param name="read">Null when the page is no more.</param>
    /// <param name="isOver">Nothing will change any more.</param>
    public async IAsyncEnumerable<SseItem<string>> FollowAsync<TModel>(
        Func<CancellationToken, Task<TModel?>> read, Func<TModel, bool> isOver, IReadOnlyList<Type> regions, Visitor visitor, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TModel : class
    {
        // A page that is open must not keep a process from stopping.
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        using var timer = new PeriodicTimer(options.Value.LiveEvery, time);
        var sent = new Dictionary<Type, string>();
        var started = time.GetTimestamp();
        do
        {
            if (await LookAsync(read, regions, visitor, stopping.Token) is not var (model, views))
            {
                yield break;
            }

            foreach (var (region, html) in views)
            {
                if (!sent.TryGetValue(region, out var before) || before != html)
                {
                    sent[region] = html;
                    yield return new SseItem<string>(html, "region");
                }
            }

            if (isOver(model))
            {
                yield return new SseItem<string>("", "end");
                yield break;
            }
        }
        while (time.GetElapsedTime(started) < Longest && await TickAsync(timer, stopping.Token));
    }

    /// <summary>Null ends the stream; the browser tries again by itself.</summary>
    private async Task<(TModel Model, IReadOnlyList<(Type, string)> Views)?> LookAsync<TModel>(
        Func<CancellationToken, Task<TModel?>> read, IReadOnlyList<Type> regions, Visitor visitor, CancellationToken cancellationToken)
        where TModel : class
    {
        try
        {
            if (await read(cancellationToken) is not { } model)
            {
                return null;
            }

            var views = new List<(Type, string)>();
            foreach (var region in regions)
            {
                views.Add((region, await renderer.RenderAsync(region, new Dictionary<string, object?> { ["Model"] = model, ["Visitor"] = visitor })));
            }

            return (model, views);
        }
        catch (Exception fault) when (fault is OperationCanceledException or DbException)
        {
            return null;
        }
    }

    private static async Task<bool> TickAsync(PeriodicTimer timer, CancellationToken cancellationToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
