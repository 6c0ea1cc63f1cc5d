using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Inference.Budgets;
using AlignOps.Inference.Calls;
using AlignOps.Inference.Requests;
using AlignOps.Platform.Storage;

namespace AlignOps.Tests.Evaluation.Compliance;

/// <summary>What a judge's record keeps, on every database.</summary>
public abstract class JudgeRecordCompliance
{
    private static readonly ChatAnswer Answer = new("Kinder.\n[[A]] – “naïve” \U0001F642", null, false, 12, 3);

    /// <summary>A migrated database of the test's own.</summary>
    private protected abstract IDatabase Database { get; }

    [Fact]
    public async Task FindAsync_WhatWasKept_IsItWordForWordForEveryRun()
    {
        var (one, other) = (Record("r-1", "judge"), Record("r-2", "judge"));
        Assert.Null(await one.FindAsync("key", CancellationToken.None));
        await one.EndAsync(await one.BeginAsync("key", new Spend(50, 0), CancellationToken.None), "key", CallOutcome.Answered, new Spend(15, 0), Answer, CancellationToken.None);

        Assert.Equal(Answer, await other.FindAsync("key", CancellationToken.None));
        Assert.Null(await other.FindAsync("another key", CancellationToken.None));
    }

    [Fact]
    public async Task EndAsync_ASecondAnswerToARequest_DoesNotReplaceTheFirst()
    {
        var record = Record("r-1", "judge");
        foreach (var answer in new[] { Answer, Answer with { Text = "[[B]]" } })
        {
            await record.EndAsync(await record.BeginAsync("key", new Spend(50, 0), CancellationToken.None), "key", CallOutcome.Answered, new Spend(15, 0), answer, CancellationToken.None);
        }

        Assert.Equal(Answer, await record.FindAsync("key", CancellationToken.None));
    }

    [Fact]
    public async Task SpentAsync_OfManyAttemptsAtOnce_IsTheirSumAndOfAnUnendedOneItsReservation()
    {
        var record = Record("r-1", "judge");
        Assert.Equal(default, await record.SpentAsync(CancellationToken.None));
        await Task.WhenAll(Enumerable.Range(1, 12).Select(async i =>
        {
            var attempt = await record.BeginAsync($"k{i}", new Spend(100, 0.01m), CancellationToken.None);
            if (i <= 10) await record.EndAsync(attempt, $"k{i}", CallOutcome.ServerError, new Spend(i, 0.000_000_001m * i), null, CancellationToken.None);
        }));
        await Record("r-2", "judge").BeginAsync("k", new Spend(1, 1), CancellationToken.None);
        await Record("r-1", "another judge").BeginAsync("k", new Spend(1, 1), CancellationToken.None);

        Assert.Equal(new Spend(55 + 200, 0.020_000_055m), await record.SpentAsync(CancellationToken.None));
    }

    private JudgeCallRecord Record(string run, string judge) => new(Database, TimeProvider.System, run, judge);
}
