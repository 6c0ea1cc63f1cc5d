using AlignOps.Models.Generation;
using AlignOps.Serving;
using AlignOps.Serving.Policies;
using static AlignOps.Tests.Serving.ServedPolicies;

namespace AlignOps.Tests.Serving;

public class PolicyCatalogTests
{
    private static readonly GenerationRequest Request = new([1], 1, 0, 1, 0);

    [Fact]
    public async Task Switch_UnderLoad_LosesNoRequestAndNoneSeesTheOldPolicyAfterwards()
    {
        var catalog = new PolicyCatalog();
        var versions = Enumerable.Range(1, 20).Select(version => Serve(version)).ToArray();
        catalog.Switch(versions[0].Policy);

        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            var answers = 0;
            var last = 0;
            while (!stop.IsCancellationRequested)
            {
                using var lease = catalog.Enter("support");
                var result = await lease!.Policy.TryAsk(Request, CancellationToken.None)!;
                Assert.Equal(lease.Policy.Champion.Version, result.Tokens[0]);
                Assert.True(result.Tokens[0] >= last);
                last = result.Tokens[0];
                answers++;
            }

            return answers;
        })).ToArray();

        foreach (var (policy, model) in versions.Skip(1))
        {
            var before = catalog.Find("support")!;
            catalog.Switch(policy);
            using (var lease = catalog.Enter("support"))
            {
                Assert.Same(policy, lease!.Policy);
            }

            await before.Disposed.WaitAsync(TimeSpan.FromSeconds(10));
        }

        stop.Cancel();
        Assert.All(await Task.WhenAll(clients), answers => Assert.True(answers > 0));
        Assert.All(versions.SkipLast(1), version => Assert.True(version.Model.Disposed));
        Assert.False(versions[^1].Model.Disposed);
    }

    [Fact]
    public async Task Switch_RequestUnderWay_FinishesOnTheOldPolicyBeforeItGoes()
    {
        var catalog = new PolicyCatalog();
        var (old, model) = Serve(1);
        model.Gate.Reset();
        catalog.Switch(old);

        var lease = catalog.Enter("support")!;
        var answer = lease.Policy.TryAsk(Request, CancellationToken.None)!;
        catalog.Switch(Serve(2).Policy);
        Assert.False(old.Disposed.IsCompleted);

        model.Gate.Set();
        Assert.Equal(1, (await answer).Tokens[0]);
        lease.Dispose();
        await old.Disposed.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.True(model.Disposed);
    }

    [Fact]
    public async Task TryAsk_ManyAtOnce_AreGeneratedTogetherAndTheQueueIsBounded()
    {
        var (policy, model) = Serve(1, new ServingOptions { MaxBatch = 8, QueueCapacity = 10 });
        model.Gate.Reset();
        var first = policy.TryAsk(Request, CancellationToken.None)!;
        var answers = new List<Task<GenerationResult>> { first };
        while (policy.TryAsk(Request, CancellationToken.None) is { } queued)
        {
            answers.Add(queued);
        }

        Assert.InRange(answers.Count, 10, 10 + 8);
        model.Gate.Set();
        await Task.WhenAll(answers);
        Assert.InRange(model.LargestBatch, 2, 8);
        Assert.True(model.Calls < answers.Count);
    }

    [Fact]
    public async Task TryAsk_EverybodyGone_GivesTheWorkUpAndServesTheNext()
    {
        var (policy, model) = Serve(1);
        model.Gate.Reset();
        using var caller = new CancellationTokenSource();
        var abandoned = policy.TryAsk(Request, caller.Token)!;
        caller.Cancel();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => abandoned);

        model.Gate.Set();
        Assert.Equal(1, (await policy.TryAsk(Request, CancellationToken.None)!).Tokens[0]);
    }

    [Fact]
    public void Enter_NothingServed_IsNull() => Assert.Null(new PolicyCatalog().Enter("support"));
}
