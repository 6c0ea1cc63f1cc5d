namespace AlignOps.Inference.Calls;

/// <summary>Counts every call and every attempt by how it ended.</summary>
public sealed class CallTally
{
    private readonly Lock _counting = new();
    private readonly SortedDictionary<string, int> _calls = new(StringComparer.Ordinal), _attempts = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Calls => Copy(_calls);

    public IReadOnlyDictionary<string, int> Attempts => Copy(_attempts);

    /// <summary>All of them counted together, as they stand.</summary>
    public static CallTally Sum(IEnumerable<CallTally> tallies)
    {
        var sum = new CallTally();
        foreach (var tally in tallies)
        {
            foreach (var (outcome, count) in tally.Calls) sum._calls[outcome] = sum._calls.GetValueOrDefault(outcome) + count;
            foreach (var (outcome, count) in tally.Attempts) sum._attempts[outcome] = sum._attempts.GetValueOrDefault(outcome) + count;
        }

        return sum;
    }

    internal void Call(CallOutcome outcome)
    {
        lock (_counting) Count(_calls, outcome);
    }

    internal void Attempt(CallOutcome outcome)
    {
        lock (_counting) Count(_attempts, outcome);
    }

    private static void Count(SortedDictionary<string, int> counts, CallOutcome outcome) => counts[outcome.Name()] = counts.GetValueOrDefault(outcome.Name()) + 1;

    private Dictionary<string, int> Copy(SortedDictionary<string, int> counts)
    {
        lock (_counting) return new Dictionary<string, int>(counts, StringComparer.Ordinal);
    }
}
