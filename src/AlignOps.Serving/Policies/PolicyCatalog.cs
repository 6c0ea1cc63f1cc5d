using System.Collections.Concurrent;

namespace AlignOps.Serving.Policies;

/// <summary>The policies that answer now, one a pipeline. A switch is one write: a request gets the old policy whole or the new one whole.</summary>
internal sealed class PolicyCatalog : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ServedPolicy> _policies = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ServedCandidate> _candidates = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PolicyFault> _faults = new(StringComparer.Ordinal);

    /// <summary>False until the registry has been read once: what is not here may only not be loaded yet.</summary>
    public bool Ready { get; set; }

    public IReadOnlyList<ServedPolicy> All => [.. _policies.Values.OrderBy(policy => policy.Champion.Pipeline, StringComparer.Ordinal)];

    /// <summary>Champions that ought to answer and cannot, one a pipeline at most.</summary>
    public IReadOnlyList<PolicyFault> Faults => [.. _faults.Values.OrderBy(fault => fault.Pipeline, StringComparer.Ordinal)];

    public PolicyFault? FaultOf(string pipeline) => _faults.GetValueOrDefault(pipeline);

    public IReadOnlyList<ServedCandidate> Candidates => [.. _candidates.Values.OrderBy(candidate => candidate.Row.Pipeline, StringComparer.Ordinal)];

    public ServedCandidate? CandidateOf(string pipeline) => _candidates.GetValueOrDefault(pipeline);

    /// <summary>Puts a candidate, or the next stage of one, in the place of what was there.</summary>
    public void Bring(ServedCandidate next)
    {
        ServedCandidate? before = null;
        _candidates.AddOrUpdate(next.Row.Pipeline, next, (_, current) =>
        {
            before = current;
            return next;
        });
        if (before?.Policy is { } policy && policy != next.Policy)
        {
            policy.Leave();
        }
    }

    public void RemoveCandidate(string pipeline)
    {
        if (_candidates.TryRemove(pipeline, out var candidate))
        {
            candidate.Policy?.Leave();
        }
    }

    public void Report(PolicyFault fault) => _faults[fault.Pipeline] = fault;

    public ServedPolicy? Find(string pipeline) => _policies.GetValueOrDefault(pipeline);

    /// <summary>The policy to use until the lease is disposed; null when the pipeline has none.</summary>
    public PolicyLease? Enter(string pipeline)
    {
        while (_policies.TryGetValue(pipeline, out var policy))
        {
            if (policy.TryEnter())
            {
                return new PolicyLease(policy);
            }
        }

        return null;
    }

    public void Switch(ServedPolicy next)
    {
        ServedPolicy? before = null;
        _policies.AddOrUpdate(next.Champion.Pipeline, next, (_, current) =>
        {
            before = current;
            return next;
        });
        _faults.TryRemove(next.Champion.Pipeline, out _);
        before?.Leave();
    }

    public void Remove(string pipeline)
    {
        _faults.TryRemove(pipeline, out _);
        if (_policies.TryRemove(pipeline, out var policy))
        {
            policy.Leave();
        }
    }

    /// <summary>Lets the requests under way finish, then lets go of every policy.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var candidate in Candidates)
        {
            RemoveCandidate(candidate.Row.Pipeline);
            await (candidate.Policy?.Disposed ?? Task.CompletedTask);
        }

        foreach (var policy in All)
        {
            Remove(policy.Champion.Pipeline);
            await policy.Disposed;
        }
    }
}
