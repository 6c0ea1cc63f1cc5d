using AlignOps.Models.Generation;
using AlignOps.Serving.Chat.Sessions;
using AlignOps.Serving.Policies;

namespace AlignOps.Serving.Routing;

/// <summary>Has a candidate answer in the background what the champion answers. Nobody waits for it or sees it; when it lags behind, requests pass it by.</summary>
internal sealed class ShadowRunner(ChatRecorder recorder)
{
    private const int MostAtOnce = 64;

    private int _underWay;

    /// <param name="lease">Disposed when the answer is on record, or at once where there is no room for it.</param>
    public void Start(PolicyLease lease, ChatContext context, GenerationRequest generation)
    {
        if (Interlocked.Increment(ref _underWay) > MostAtOnce || lease.Policy.TryAsk(generation, CancellationToken.None) is not { } answer)
        {
            Interlocked.Decrement(ref _underWay);
            lease.Dispose();
            return;
        }

        _ = FinishAsync(lease, context, answer);
    }

    private async Task FinishAsync(PolicyLease lease, ChatContext context, Task<GenerationResult> answer)
    {
        try
        {
            var result = await answer;
            await recorder.WriteShadowAsync(context, result, lease.Policy.Tokenizer.Decode(result.Tokens));
        }
        catch (Exception exception)
        {
            await recorder.WriteFailedAsync(context, 0, exception);
        }
        finally
        {
            lease.Dispose();
            Interlocked.Decrement(ref _underWay);
        }
    }
}
