using AlignOps.Inference.Budgets;

namespace AlignOps.Tests.Inference;

public sealed class BudgetTests
{
    [Theory]
    [InlineData(1), InlineData(2), InlineData(3)]
    public async Task ReserveAsync_ManyAtOnce_NeverPassTheLimitAndLeaveNoRoomUnused(int seed)
    {
        var limit = new BudgetLimit(20_000, 3m);
        var budget = new Budget(limit);
        var (settled, refused, gate) = (default(Spend), 0, new Lock());
        await Task.WhenAll(Enumerable.Range(0, 32).Select(worker => Task.Run(async () =>
        {
            var random = new Random((seed * 100) + worker);
            for (var i = 0; i < 50; i++)
            {
                var most = new Spend(random.Next(1, 200), random.Next(1, 100) / 1000m);
                var reservation = await budget.ReserveAsync(most, CancellationToken.None);
                if (reservation is null)
                {
                    Interlocked.Increment(ref refused);
                    Assert.False(limit.Holds(budget.Spent + most));
                    continue;
                }

                // Spent is read first: what settles in between is counted twice at most, never left out.
                Assert.True(limit.Holds(new Spend(budget.Reserved.Tokens, budget.Reserved.Money)) && limit.Holds(budget.Spent));
                await Task.Yield();
                var actual = new Spend(random.Next(0, (int)most.Tokens + 1), most.Money * random.Next(0, 11) / 10);
                reservation.Settle(actual);
                reservation.Dispose();
                lock (gate) settled += actual;
            }
        })));

        Assert.Equal(settled, budget.Spent);
        Assert.Equal(default, budget.Reserved);
        Assert.True(limit.Holds(budget.Spent));
        Assert.True(refused > 0);
        Assert.InRange(budget.Spent.Money, 2.8m, 3m);
    }

    [Fact]
    public async Task ReserveAsync_WhereOnlyReservationsAreInTheWay_WaitsForOneToSettle()
    {
        var budget = new Budget(new BudgetLimit(100, null));
        var first = await budget.ReserveAsync(new Spend(80, 0), CancellationToken.None);
        var second = budget.ReserveAsync(new Spend(50, 0), CancellationToken.None);
        Assert.False(second.IsCompleted);
        first!.Settle(new Spend(10, 0));
        Assert.Equal(new Spend(50, 0), (await second.WaitAsync(TimeSpan.FromSeconds(10)))!.Most);
        Assert.Null(await budget.ReserveAsync(new Spend(91, 0), CancellationToken.None));
    }

    [Fact]
    public async Task Dispose_OfWhatNobodySettled_CountsItWhole()
    {
        var budget = new Budget(new BudgetLimit(null, 1m), new Spend(5, 0.5m));
        (await budget.ReserveAsync(new Spend(10, 0.25m), CancellationToken.None))!.Dispose();
        Assert.Equal(new Spend(15, 0.75m), budget.Spent);
        Assert.Null(await budget.ReserveAsync(new Spend(0, 0.26m), CancellationToken.None));
    }
}
