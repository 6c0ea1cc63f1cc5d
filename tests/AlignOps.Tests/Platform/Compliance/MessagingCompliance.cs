using AlignOps.Platform.Messaging;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Tests.Platform.Compliance;

/// <summary>What every pair of database and transport must do with messages.</summary>
public abstract class MessagingCompliance
{
    protected abstract Task<Deployment> DeployAsync();

    [Fact]
    public async Task WriteAsync_WorkThrows_LeavesNeitherStateNorMessage()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.PrepareAsync(deployment.Options);

        await Assert.ThrowsAsync<InvalidDataException>(() => platform.WriteAsync(async work =>
        {
            await Effects.AddAsync(work, "alpha", "a");
            await work.PublishAsync(new Noted("a"), "a", CancellationToken.None);
            throw new InvalidDataException("Changed my mind.");
        }));

        Assert.Equal(0, await Effects.CountAsync(platform, "alpha", "a"));
        Assert.Equal(0, await platform.ScalarAsync<long>("select count(*) from platform_outbox"));
    }

    [Fact]
    public async Task PublishAsync_Committed_ReachesEverySubscriberOnce()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.StartAsync(deployment.Options);

        await platform.WriteAsync(work => work.PublishAsync(new Noted("a"), "a", CancellationToken.None));

        await ExpectAsync(platform, "a", 1);
        await platform.UntilOutboxIsEmptyAsync();
        Assert.Equal("a", await platform.Get<Heard>().Ids.Reader.ReadAsync());
    }

    [Fact]
    public async Task SendAsync_Command_ReachesItsServiceAlone()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.StartAsync(deployment.Options);

        await platform.WriteAsync(work => work.SendAsync(new Act("a"), "a", CancellationToken.None));

        await TestPlatform.UntilAsync(async () => await Effects.CountAsync(platform, "beta", "act:a") == 1, "beta acted");
        await platform.UntilOutboxIsEmptyAsync();
        Assert.Equal(0, await Effects.TotalAsync(platform, "alpha"));
    }

    [Fact]
    public async Task PublishAsync_SameKeyAgainAfterDelivery_HasOneEffect()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.StartAsync(deployment.Options);
        await platform.WriteAsync(work => work.PublishAsync(new Noted("a"), "a", CancellationToken.None));
        await ExpectAsync(platform, "a", 1);
        await platform.UntilOutboxIsEmptyAsync();

        await platform.WriteAsync(work => work.PublishAsync(new Noted("a"), "a", CancellationToken.None));
        await platform.WriteAsync(work => work.PublishAsync(new Noted("b"), "b", CancellationToken.None));

        await ExpectAsync(platform, "b", 1);
        await platform.UntilOutboxIsEmptyAsync();
        await ExpectAsync(platform, "a", 1);
    }

    [Fact]
    public async Task Relay_CommittedBeforeAnyProcessRan_DeliversAtStart()
    {
        await using var deployment = await DeployAsync();
        await using (var dead = await TestPlatform.PrepareAsync(deployment.Options))
        {
            await dead.WriteAsync(work => work.PublishAsync(new Noted("a"), "a", CancellationToken.None));
        }

        await using var platform = await TestPlatform.StartAsync(deployment.Options);

        await ExpectAsync(platform, "a", 1);
        await platform.UntilOutboxIsEmptyAsync();
    }

    [Fact]
    public async Task Relay_DiedBetweenSendAndDelete_HasOneEffect()
    {
        await using var deployment = await DeployAsync();
        await using (var first = await TestPlatform.StartAsync(deployment.Options))
        {
            await first.WriteAsync(work => work.PublishAsync(new Noted("a"), "a", CancellationToken.None));
            await ExpectAsync(first, "a", 1);
            await first.UntilOutboxIsEmptyAsync();
        }

        // The row is back, as if its deletion had never been committed.
        await using (var dead = await TestPlatform.PrepareAsync(deployment.Options))
        {
            await dead.WriteAsync(async work =>
            {
                await work.PublishAsync(new Noted("a"), "a", CancellationToken.None);
                await work.Connection.ExecuteAsync("update platform_outbox set sent_at = 1", transaction: work.Transaction);
            });
            if (deployment.Options.Bus is not null)
            {
                await dead.WriteAsync(work => work.Connection.ExecuteAsync("update platform_outbox set sent_at = null", transaction: work.Transaction));
            }
        }

        await using var platform = await TestPlatform.StartAsync(deployment.Options);
        await platform.UntilOutboxIsEmptyAsync();
        await platform.WriteAsync(work => work.PublishAsync(new Noted("b"), "b", CancellationToken.None));
        await ExpectAsync(platform, "b", 1);
        await ExpectAsync(platform, "a", 1);
    }

    [Fact]
    public async Task Relay_TwoAtOnce_EachMessageHasOneEffect()
    {
        const int Messages = 200;
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.StartAsync(deployment.Options);
        var second = new OutboxRelay(
            platform.Database, platform.Get<BusService>(), platform.Get<MessageCatalog>(), new WakeUps(), TimeProvider.System, Microsoft.Extensions.Logging.Abstractions.NullLogger<OutboxRelay>.Instance);
        var pumping = Task.Run(async () =>
        {
            while (await platform.ScalarAsync<long>("select count(*) from platform_outbox") > 0)
            {
                await second.PumpAsync(CancellationToken.None);
            }
        });

        for (var i = 0; i < Messages; i += 20)
        {
            await platform.WriteAsync(async work =>
            {
                for (var j = i; j < i + 20; j++)
                {
                    await work.PublishAsync(new Noted($"n{j}"), $"n{j}", CancellationToken.None);
                }
            });
        }

        await platform.UntilOutboxIsEmptyAsync();
        await pumping;
        await TestPlatform.UntilAsync(
            async () => await Effects.TotalAsync(platform, "alpha") == Messages && await Effects.TotalAsync(platform, "beta") == Messages, "every message had its effect");
        Assert.Equal(1, await platform.ScalarAsync<long>("select max(times) from test_effect"));
    }

    [Fact]
    public async Task Handler_ManyMessagesOnOneRow_LosesNoUpdate()
    {
        const int Messages = 100;
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.StartAsync(deployment.Options);

        await platform.WriteAsync(async work =>
        {
            for (var i = 0; i < Messages; i++)
            {
                await work.PublishAsync(new Noted("same"), $"{i}", CancellationToken.None);
            }
        });

        await ExpectAsync(platform, "same", Messages);
    }

    [Fact]
    public async Task Handler_FailsTwice_LeavesNothingOfTheFailuresAndComesAgain()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.StartAsync(deployment.Options);
        platform.MayWarn = true;
        platform.Trouble.Left = 2;

        await platform.WriteAsync(work => work.PublishAsync(new Noted("a"), "a", CancellationToken.None));

        await HastenAsync(platform, async () => await Effects.CountAsync(platform, "beta", "a") == 1);
        await platform.UntilOutboxIsEmptyAsync();
        await ExpectAsync(platform, "a", 1);
    }

    [Fact]
    public async Task Handler_FailsForGood_IsKeptAndCanBeRequeued()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.StartAsync(deployment.Options);
        platform.MayWarn = true;
        platform.Trouble.Left = int.MaxValue;

        await platform.WriteAsync(work => work.PublishAsync(new Noted("a"), "a", CancellationToken.None));
        await HastenAsync(platform, async () => await platform.ScalarAsync<long>("select count(*) from platform_dead_letter") == 1);
        await platform.UntilOutboxIsEmptyAsync();
        Assert.Equal(0, await Effects.CountAsync(platform, "beta", "a"));
        Assert.Equal(1, await Effects.CountAsync(platform, "alpha", "a"));

        platform.Trouble.Left = 0;
        var id = await platform.ScalarAsync<string>("select message_id from platform_dead_letter");
        Assert.True(await platform.Database.WriteAsync((work, token) => platform.Get<DeadLetters>().RequeueAsync(work, id, "beta", token), CancellationToken.None));

        await ExpectAsync(platform, "a", 1);
        Assert.Equal(0, await platform.ScalarAsync<long>("select count(*) from platform_dead_letter"));
    }

    [Fact]
    public async Task PublishAsync_SubscriberNeverStarted_GetsItWhenItStarts()
    {
        await using var deployment = await DeployAsync();
        await using (var alpha = await TestPlatform.StartAsync(deployment.Options with { Roles = ["alpha"] }))
        {
            await alpha.WriteAsync(work => work.PublishAsync(new Noted("a"), "a", CancellationToken.None));
            await alpha.WriteAsync(work => work.SendAsync(new Act("a"), "a", CancellationToken.None));
            await TestPlatform.UntilAsync(async () => await Effects.CountAsync(alpha, "alpha", "a") == 1, "alpha has it");
            if (deployment.Options.Bus is not null)
            {
                await alpha.UntilOutboxIsEmptyAsync();
            }
        }

        await using var beta = await TestPlatform.StartAsync(deployment.Options with { Roles = ["beta"] });

        await TestPlatform.UntilAsync(async () => await Effects.CountAsync(beta, "beta", "a") == 1, "beta has the event");
        await TestPlatform.UntilAsync(async () => await Effects.CountAsync(beta, "beta", "act:a") == 1, "beta has the command");
        await beta.UntilOutboxIsEmptyAsync();
        Assert.Equal(1, await Effects.CountAsync(beta, "alpha", "a"));
    }

    [Fact]
    public async Task TakeTurnAsync_TwoUnitsOfWorkOfOneName_RunOneAfterTheOther()
    {
        await using var deployment = await DeployAsync();
        await using var platform = await TestPlatform.PrepareAsync(deployment.Options);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => platform.WriteAsync(async work =>
        {
            await work.TakeTurnAsync("alpha", CancellationToken.None);
            await Effects.AddAsync(work, "alpha", "turns");
        }))));

        Assert.Equal(20, await Effects.CountAsync(platform, "alpha", "turns"));
    }

    private static Task ExpectAsync(TestPlatform platform, string id, long times) => TestPlatform.UntilAsync(
        async () => await Effects.CountAsync(platform, "alpha", id) == times && await Effects.CountAsync(platform, "beta", id) == times,
        $"{id} had {times} effects in each service");

    /// <summary>Brings every postponed delivery forward until the condition holds.</summary>
    private static Task HastenAsync(TestPlatform platform, Func<Task<bool>> condition) => TestPlatform.UntilAsync(
        async () =>
        {
            await platform.WriteAsync(work => work.Connection.ExecuteAsync("update platform_outbox set not_before = 0", transaction: work.Transaction));
            platform.Get<WakeUps>().Wake(Nudges.Outbox);
            return await condition();
        },
        "the postponed delivery came");
}
