using AlignOps.Inference.Budgets;
using AlignOps.Inference.Requests;

namespace AlignOps.Inference.Calls;

/// <summary>Where calls are written down: answers, to be found again, and attempts, so that a process that dies in one leaves its cost behind.</summary>
public interface ICallRecord
{
    /// <summary>The kept answer to a request; null where there is none.</summary>
    Task<ChatAnswer?> FindAsync(string key, CancellationToken cancellationToken);

    /// <summary>An attempt is about to be made; returns its name. Until it ends it counts as having cost all of <paramref name="reserved"/>.</summary>
    Task<string> BeginAsync(string key, Spend reserved, CancellationToken cancellationToken);

    /// <param name="answer">To be kept under the key; null where there is none to keep.</param>
    Task EndAsync(string attempt, string key, CallOutcome outcome, Spend charged, ChatAnswer? answer, CancellationToken cancellationToken);
}
