using AlignOps.Inference.Budgets;
using AlignOps.Inference.Calls;
using AlignOps.Inference.Requests;

namespace AlignOps.Tests.Inference;

/// <summary>A record of calls that a test can look into.</summary>
internal sealed class MemoryRecord : ICallRecord
{
    private readonly Lock _writing = new();
    private readonly Dictionary<string, ChatAnswer> _answers = new(StringComparer.Ordinal);
    private readonly List<(Spend Reserved, CallOutcome? Outcome, Spend Charged)> _attempts = [];

    public IReadOnlyList<(Spend Reserved, CallOutcome? Outcome, Spend Charged)> Attempts
    {
        get
        {
            lock (_writing) return [.. _attempts];
        }
    }

    public Task<ChatAnswer?> FindAsync(string key, CancellationToken cancellationToken)
    {
        lock (_writing) return Task.FromResult(_answers.GetValueOrDefault(key));
    }

    public Task<string> BeginAsync(string key, Spend reserved, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            _attempts.Add((reserved, null, reserved));
            return Task.FromResult(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{_attempts.Count - 1}"));
        }
    }

    public Task EndAsync(string attempt, string key, CallOutcome outcome, Spend charged, ChatAnswer? answer, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            var number = int.Parse(attempt, System.Globalization.CultureInfo.InvariantCulture);
            _attempts[number] = (_attempts[number].Reserved, outcome, charged);
            if (answer is not null) _answers[key] = answer;
            return Task.CompletedTask;
        }
    }
}
