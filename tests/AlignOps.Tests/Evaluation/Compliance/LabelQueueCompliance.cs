using AlignOps.Evaluation.People;
using AlignOps.Evaluation.People.Queue;
using AlignOps.Evaluation.People.Reports;
using AlignOps.Evaluation.People.Rounds;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Evaluation.Compliance;

/// <summary>People's queue, on every database.</summary>
public abstract class LabelQueueCompliance
{
    private const string Run = "r-1";

    /// <summary>A migrated database of the test's own.</summary>
    private protected abstract IServiceProvider Services { get; }

    [Fact]
    public async Task Queue_OfARun_BeginsWithWhatIsUncertainAndLeavesEqualAnswersOut()
    {
        await OpenAsync(200, 40);

        var items = await ItemsAsync();

        Assert.Equal(50, items.Count);
        Assert.DoesNotContain(items, item => item.Candidate == item.Champion);
        Assert.All(items, item => Assert.Equal(AskedRun.Uncertain(item.QuestionId), item.Inconsistent != 0));

        // One in five is uncertain; among the first twenty most are.
        Assert.InRange(items.Take(20).Count(item => item.Inconsistent != 0), 10, 20);
        Assert.Contains(items, item => item.Inconsistent == 0);
    }

    [Fact]
    public async Task Next_TwoPeopleAtOnce_AreHandedDifferentPairsAndEachTheirOwnAgain()
    {
        await OpenAsync(60, 20);

        var handed = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => NextAsync($"p{i}")));
        var again = await NextAsync("p3");

        Assert.Equal(8, handed.Select(one => one!.Value.Item.ItemId).Distinct().Count());
        Assert.Equal(handed[3]!.Value.Item.ItemId, again!.Value.Item.ItemId);
        Assert.Equal(handed[3]!.Value.Claim.CandidateFirst, again.Value.Claim.CandidateFirst);
        Assert.Equal(8, (await ItemsAsync()).Count(item => item.State == LabelState.Claimed));
    }

    [Fact]
    public async Task Next_OverManyPairsAndPeople_ShowsEitherAnswerFirstAsOften()
    {
        await OpenAsync(300, 200, each: 2);
        var first = new List<long>();
        for (var i = 0; i < 150; i++)
        {
            var (item, claim) = (await NextAsync($"p{i % 2}"))!.Value;
            first.Add(claim.CandidateFirst);
            await SayAsync(item.ItemId, $"p{i % 2}", LabelChoice.Tie);
        }

        // Nearly five standard deviations about a half: the salts are drawn at random.
        Assert.InRange(first.Average(), 0.3, 0.7);
    }

    [Fact]
    public async Task Answer_OfAPair_StandsOnceAndMeansTheAnswerThatWasMeant()
    {
        await OpenAsync(60, 20);
        var (item, claim) = (await NextAsync("ann"))!.Value;

        Assert.Equal("unknown-item", (await SayAsync(item.ItemId, "bob", LabelChoice.First))!.Code);
        Assert.Null(await SayAsync(item.ItemId, "ann", LabelChoice.First, Acceptability.Good, Acceptability.Unusable));
        Assert.Equal("answered-already", (await SayAsync(item.ItemId, "ann", LabelChoice.Second))!.Code);

        var answer = Assert.Single(await AnswersAsync());
        Assert.Equal((claim.CandidateFirst, claim.CandidateFirst == 1 ? 1.0 : 0), (answer.CandidateFirst, answer.Outcome!.Value));
        Assert.Equal(new PersonLabel(LabelChoice.First, Acceptability.Good, Acceptability.Unusable), answer.Label);
        Assert.Equal(LabelState.Answered, (await ItemsAsync()).Single(one => one.ItemId == item.ItemId).State);
    }

    [Fact]
    public async Task Skip_ByOne_GoesToAnotherAndByTwoToNobody()
    {
        await OpenAsync(60, 20);
        var item = (await NextAsync("ann"))!.Value.Item;

        Assert.Null(await SayAsync(item.ItemId, "ann", null));
        Assert.NotEqual(item.ItemId, (await NextAsync("ann"))!.Value.Item.ItemId);
        Assert.Equal(item.ItemId, (await NextAsync("bob"))!.Value.Item.ItemId);
        Assert.Null(await SayAsync(item.ItemId, "bob", null));

        Assert.Equal(LabelState.Skipped, (await ItemsAsync()).Single(one => one.ItemId == item.ItemId).State);
        Assert.NotEqual(item.ItemId, (await NextAsync("eve"))!.Value.Item.ItemId);
    }

    [Fact]
    public async Task Claim_NotAnsweredInTime_GoesToAnother_AndALateAnswerIsToldSo()
    {
        await OpenAsync(60, 20);
        var item = (await NextAsync("ann"))!.Value.Item;
        await ExecuteAsync("update evaluation_label_answer set until_at = 1");

        Assert.Equal(item.ItemId, (await NextAsync("bob"))!.Value.Item.ItemId);
        Assert.Null(await SayAsync(item.ItemId, "bob", LabelChoice.Tie));

        Assert.Equal("answered-by-others", (await SayAsync(item.ItemId, "ann", LabelChoice.First))!.Code);
    }

    [Fact]
    public async Task Round_WhenEnoughIsAnswered_ClosesAndTheRestExpires()
    {
        await OpenAsync(60, 12, each: 2);
        for (var i = 0; i < 12; i++)
        {
            foreach (var person in new[] { "ann", "bob" })
            {
                var (item, _) = (await NextAsync(person))!.Value;
                Assert.Null(await SayAsync(item.ItemId, person, LabelChoice.BothBad));
            }
        }

        Assert.Null(await NextAsync("eve"));
        Assert.Equal((12, 5), ((await ItemsAsync()).Count(item => item.State == LabelState.Answered), (await ItemsAsync()).Count(item => item.State == LabelState.Expired)));
        Assert.Equal(LabelState.Closed, (await RoundAsync()).State);
    }

    [Fact]
    public async Task Sweep_AfterTheRoundsTime_ClosesItOnWhatThereIs()
    {
        await OpenAsync(60, 12);
        var (item, _) = (await NextAsync("ann"))!.Value;
        await SayAsync(item.ItemId, "ann", LabelChoice.First);
        await NextAsync("bob");
        await ExecuteAsync("update evaluation_label_round set closes_at = 1");

        await Services.GetRequiredService<RoundSweeper>().SweepAsync(CancellationToken.None);

        Assert.Equal(LabelState.Closed, (await RoundAsync()).State);
        Assert.Equal([LabelState.Answered, LabelState.Expired], (await AnswersAsync()).Select(answer => answer.State).Order());
        Assert.Equal("round-over", (await SayAsync((await AnswersAsync()).Single(answer => answer.Person == "bob").ItemId, "bob", LabelChoice.First))!.Code);
        var report = (await Services.GetRequiredService<PeopleReporter>().FindAsync(Run, CancellationToken.None))!;
        Assert.Equal(("closed", 1, null), (report.State, report.Items["answered"], report.Corrected));
    }

    private IDatabase Database => Services.GetRequiredService<IDatabase>();

    private async Task OpenAsync(int pairs, int items, int each = 1)
    {
        var evidence = await Services.GetRequiredService<IBlobStore>().PutTextAsync(AskedRun.Evidence(pairs).Write(), CancellationToken.None);
        var wish = new RoundWish(Run, "assistant", new string('d', 64), evidence, items, each, 3, ForGate: false, "otto");
        Assert.NotNull(await Database.WriteAsync((work, token) => Services.GetRequiredService<RoundDesk>().OpenAsync(work, wish, token), CancellationToken.None));
        Assert.Null(await Database.WriteAsync((work, token) => Services.GetRequiredService<RoundDesk>().OpenAsync(work, wish, token), CancellationToken.None));
    }

    private Task<(LabelItem Item, LabelAnswer Claim)?> NextAsync(string person) =>
        Database.WriteAsync((work, token) => Services.GetRequiredService<LabelQueue>().NextAsync(work, person, null, Run, token), CancellationToken.None);

    private Task<LabelRefusal?> SayAsync(string itemId, string person, LabelChoice? choice, Acceptability? first = null, Acceptability? second = null) => Database.WriteAsync(
        (work, token) => Services.GetRequiredService<LabelQueue>().AnswerAsync(work, itemId, person, choice is { } said ? new PersonLabel(said, first, second) : null, token), CancellationToken.None);

    private async Task<IReadOnlyList<LabelItem>> ItemsAsync()
    {
        await using var connection = await Database.OpenReadAsync(CancellationToken.None);
        return await LabelStore.OfRunAsync(connection, null, Run, CancellationToken.None);
    }

    private async Task<IReadOnlyList<LabelAnswer>> AnswersAsync()
    {
        await using var connection = await Database.OpenReadAsync(CancellationToken.None);
        return await LabelStore.AnswersAsync(connection, null, Run, CancellationToken.None);
    }

    private async Task<LabelRound> RoundAsync()
    {
        await using var connection = await Database.OpenReadAsync(CancellationToken.None);
        return (await RoundStore.FindAsync(connection, null, Run, CancellationToken.None))!;
    }

    private Task ExecuteAsync(string sql) => Database.WriteAsync((work, _) => work.Connection.ExecuteAsync(sql, transaction: work.Transaction), CancellationToken.None);
}
