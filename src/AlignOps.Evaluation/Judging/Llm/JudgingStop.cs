using AlignOps.Contracts.Evidence;
using AlignOps.Statistics.Betting;

namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>
/// Ends a judge's work when it is decided which model it prefers. Pairs are asked about unit by unit, so that sources are complete early, and are taken in in that order however the calls
/// overlap: the same verdicts stop at the same pair. What was asked beyond it counts for nothing.
/// </summary>
internal sealed class JudgingStop : IDisposable
{
    /// <summary>Units below which nothing is decided, as in a gate.</summary>
    private const int AtLeast = 20;

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _decided = new();
    private readonly IReadOnlyList<PairToJudge> _pairs;
    private readonly EvidenceComparison?[] _judged;
    private readonly ClusterStream _units;
    private readonly SequentialComparison _comparison;
    private int _next;

    /// <param name="alpha">Level of "better" and of "worse" each.</param>
    public JudgingStop(IReadOnlyList<PairToJudge> pairs, double alpha)
    {
        _pairs = pairs;
        var units = pairs.Select(pair => pair.Evidence.Unit).Distinct(StringComparer.Ordinal).Select((unit, i) => (unit, i)).ToDictionary(place => place.unit, place => place.i, StringComparer.Ordinal);
        Order = [.. Enumerable.Range(0, pairs.Count).OrderBy(i => units[pairs[i].Evidence.Unit])];
        _judged = new EvidenceComparison?[pairs.Count];
        _units = new ClusterStream(pairs.CountBy(pair => pair.Evidence.Unit));
        _comparison = new SequentialComparison(alpha, alpha, AtLeast, atMost: int.MaxValue);
    }

    /// <summary>Places of the pairs, in the order in which they are asked about.</summary>
    public IReadOnlyList<int> Order { get; }

    /// <summary>Cancelled once it is decided.</summary>
    public CancellationToken Decided => _decided.Token;

    public SequentialAnswer Answer => _comparison.Answer;

    /// <summary>How many pairs, in <see cref="Order"/>, the answer took; null while there is none.</summary>
    public int? After { get; private set; }

    /// <param name="turn">Which in <see cref="Order"/>.</param>
    public void Judged(int turn, EvidenceComparison comparison)
    {
        lock (_lock)
        {
            _judged[turn] = comparison;
            while (After is null && _next < _judged.Length && _judged[_next] is { } next)
            {
                var unit = _units.Add(_pairs[Order[_next++]].Evidence.Unit, next.Outcome);
                if (unit is { } mean && _comparison.Observe(mean) != SequentialAnswer.Open) After = _next;
            }

            if (After is not null) _decided.Cancel();
        }
    }

    public void Dispose() => _decided.Dispose();
}
