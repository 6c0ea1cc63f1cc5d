using AlignOps.Contracts;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Serving.Policies;

/// <summary>
/// A champion or a candidate that answers. It counts who uses it, the catalogue included, so that after a switch the requests under way finish on it
/// and the last of them disposes it.
/// </summary>
internal sealed class ServedPolicy
{
    private readonly MicroBatcher _batcher;
    private readonly ServedPolicy? _lender;
    private readonly TaskCompletionSource _disposed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _users = 1;

    public ServedPolicy(ChampionRow champion, LoadedPolicy policy, ServingOptions options)
    {
        Champion = champion;
        Tokenizer = policy.Tokenizer;
        Config = policy.Model.Config;
        _batcher = new MicroBatcher(policy.Model, options.QueueCapacity, options.MaxBatch);
    }

    private ServedPolicy(ChampionRow champion, ServedPolicy lender) =>
        (Champion, Tokenizer, Config, _batcher, _lender) = (champion, lender.Tokenizer, lender.Config, lender._batcher, lender);

    public ChampionRow Champion { get; }

    public ModelRef Model => Champion.Model;

    /// <summary>What answers carry as their model.</summary>
    public string Name => $"{Champion.Pipeline}@{(Champion.Version > 0 ? $"{Champion.Version}" : Model.ShortName)}";

    public ITokenizer Tokenizer { get; }

    public PolicyConfig Config { get; }

    /// <summary>Completes when the policy has left memory.</summary>
    public Task Disposed => _disposed.Task;

    /// <summary>False when it has been retired and its last user has gone.</summary>
    public bool TryEnter()
    {
        var users = Volatile.Read(ref _users);
        while (users > 0)
        {
            var seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
            {
                return true;
            }

            users = seen;
        }

        return false;
    }

    public void Leave()
    {
        if (Interlocked.Decrement(ref _users) == 0)
        {
            _ = DisposeAsync();
        }
    }

    /// <summary>Queues a request; null when too many wait already.</summary>
    public Task<GenerationResult>? TryAsk(GenerationRequest request, CancellationToken cancellationToken) => _batcher.TryAsk(request, cancellationToken);

    /// <summary>The same policy in memory under another name; it leaves memory when neither is used. Null when this one has been retired.</summary>
    public ServedPolicy? TryRename(ChampionRow champion) => TryEnter() ? new ServedPolicy(champion, this) : null;

    private async Task DisposeAsync()
    {
        try
        {
            if (_lender is null)
            {
                await _batcher.DisposeAsync();
            }
            else
            {
                _lender.Leave();
            }

            _disposed.SetResult();
        }
        catch (Exception exception)
        {
            _disposed.SetException(exception);
        }
    }
}
