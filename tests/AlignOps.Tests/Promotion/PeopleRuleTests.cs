using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Registry;
using AlignOps.Contracts.Runs;
using AlignOps.Promotion.Gates;

namespace AlignOps.Tests.Promotion;

/// <summary>People after the judge: they are asked where all else has passed, and what they say can stop a promotion.</summary>
public sealed class PeopleRuleTests
{
    private static readonly GateSection Section = new() { People = 60, MinItems = 20, RegressionMargin = 0.1 };
    private static readonly Dictionary<string, string[]> Slices = new() { ["all"] = ["polite", "grounded"] };

    [Fact]
    public void Decide_ByAJudgeThatIsSure_WaitsForPeople()
    {
        var record = Gate.Decide(Section, Evidence(0.95), EvidenceBuilder.Context());

        Assert.Equal((GateDecision.AwaitingApproval, "people"), (record.Decision, record.Code));
        Assert.StartsWith("Awaiting people: 60 pairs of answers are to be compared by a person each within 3 days", record.Reason, StringComparison.Ordinal);
        Assert.Null(record.People);
    }

    [Theory]
    [InlineData(0.4, "superiority")]
    [InlineData(0.02, "harm")]
    public void Decide_ByAJudgeThatIsNot_AsksNobody(double better, string code) =>
        Assert.Equal(code, Gate.Decide(Section, Evidence(better), EvidenceBuilder.Context()).Code);

    [Fact]
    public void Decide_PeopleWhoSayTheSame_PromotesWithTheCorrectedRateOnRecord()
    {
        var record = Gate.Decide(Section, Labelled(Evidence(0.95), item => item.VersusChampion!.Outcome!.Value), EvidenceBuilder.Context());

        Assert.Equal((GateDecision.Promote, "better"), (record.Decision, record.Code));
        Assert.Equal(60, record.People!.Labels);
        Assert.Equal(0, record.People.Bias, 6);
        Assert.Equal(record.WinRate, record.People.Value, 2);
        Assert.Contains("not proven to disagree", record.Rules.Single(rule => rule.Name == "people-disagree").Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_PeopleWhoContradictTheJudge_BlocksByNameAndRejectsNothing()
    {
        var random = new Random(5);
        var record = Gate.Decide(Section, Labelled(Evidence(0.95), _ => random.NextDouble() < 0.45 ? 1 : 0), EvidenceBuilder.Context());

        Assert.Equal((GateDecision.Inconclusive, "people-disagree"), (record.Decision, record.Code));
        Assert.StartsWith("Inconclusive at rule people-disagree: judge and people disagree: the judge adds +", record.Reason, StringComparison.Ordinal);
        Assert.True(record.People!.BiasLower > 0);
        Assert.True(record.Lower > 0.5);
    }

    [Fact]
    public void Decide_PeopleWhoFindItBetterThoughLess_Promotes()
    {
        var random = new Random(6);
        var record = Gate.Decide(Section, Labelled(Evidence(0.95), item => random.NextDouble() < 0.75 ? 1 : 0), EvidenceBuilder.Context());

        Assert.Equal(GateDecision.Promote, record.Decision);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Decide_HardlyAnybodyAnswered_IsInconclusive(int answered)
    {
        var record = Gate.Decide(Section, Labelled(Evidence(0.95), item => 1, answered), EvidenceBuilder.Context());

        Assert.Equal((GateDecision.Inconclusive, "people"), (record.Decision, record.Code));
        Assert.Contains($"{answered} of 60 pairs were labelled", record.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Decide_AnEqualCandidateUnderAJudgeThatAlwaysPrefersIt_IsPromotedAtTheGatesLevel()
    {
        const int Seeds = 300;
        var evidence = Evidence(0.99);
        var section = Section with { BootstrapDraws = 0, Alpha = 0.05 };
        var promoted = Enumerable.Range(0, Seeds).Count(seed =>
        {
            var random = new Random(seed);
            return Gate.Decide(section, Labelled(evidence, _ => random.NextDouble() < 0.5 ? 1 : 0, seed: seed), EvidenceBuilder.Context()).Decision == GateDecision.Promote;
        });

        // 0.05 within three standard deviations over the seeds.
        Assert.InRange(promoted, 0, 26);
    }

    [Fact]
    public async Task PeopleAnswered_AfterTheGateWaited_DecidesAgainOnce()
    {
        await using var host = await PromotionHost.StartAsync();
        var champion = await host.CertifyAsync("first");
        var candidate = await host.ModelAsync("second");
        var asked = await host.DecideAsync("r-1", candidate, champion, gate: ", people: 60");
        Assert.Equal((GateDecision.AwaitingApproval, "people"), (asked.Decision, asked.Code));
        Assert.Equal(404, (await host.PostAsync("/v1/runs/r-1/approve", new { reason = "because" })).Status);

        var evidence = EvidenceFile.Read(await host.TextAsync((await host.GetAsync("/v1/runs/r-1/gate")).Body.GetProperty("record").GetProperty("evidenceDigest").GetString()!));
        await host.SayAsync(new PeopleAnswered("r-1", await host.PutAsync(Labelled(evidence, item => item.VersusChampion!.Outcome!.Value).Write()), 60, 60), "people");
        var decided = await host.NextAsync<GateDecided>();
        Assert.Equal((GateDecision.Promote, "better"), (decided.Decision, decided.Code));
        Assert.Equal(candidate, (await host.NextAsync<ModelPromoted>()).Champion);
        Assert.Equal(60, (await host.GetAsync("/v1/runs/r-1/gate")).Body.GetProperty("record").GetProperty("people").GetProperty("labels").GetInt32());

        // What comes late is not asked for.
        await host.SayAsync(new PeopleAnswered("r-1", await host.PutAsync(Labelled(evidence, _ => 0).Write()), 60, 60), "late");
        await host.DecideAsync("r-22", await host.ModelAsync("third"), candidate, better: 0.41);
        Assert.Equal("promote", (await host.GetAsync("/v1/runs/r-1/gate")).Body.GetProperty("record").GetProperty("decision").GetString());
    }

    [Fact]
    public async Task PeopleAnswered_WhereApprovalIsNeededToo_AsksForThatNext()
    {
        await using var host = await PromotionHost.StartAsync();
        var champion = await host.CertifyAsync("first");
        await host.DecideAsync("r-1", await host.ModelAsync("second"), champion, gate: ", people: 60, approval: 1 of ops");
        var evidence = EvidenceFile.Read(await host.TextAsync((await host.GetAsync("/v1/runs/r-1/gate")).Body.GetProperty("record").GetProperty("evidenceDigest").GetString()!));

        await host.SayAsync(new PeopleAnswered("r-1", await host.PutAsync(Labelled(evidence, item => item.VersusChampion!.Outcome!.Value).Write()), 60, 60), "people");

        var decided = await host.NextAsync<GateDecided>();
        Assert.Equal((GateDecision.AwaitingApproval, "approval"), (decided.Decision, decided.Code));
        Assert.Equal("awaiting", (await host.GetAsync("/v1/runs/r-1/approval")).Body.GetProperty("state").GetString());
    }

    private static EvidenceFile Evidence(double better) =>
        new EvidenceBuilder(3).Preference(120, Slices, (model, _) => model == "candidate" ? better : 0.4).Regression(120, 0.99, 0.99).Build();

    /// <summary>Half of the pairs were drawn, all with the same chance.</summary>
    private static EvidenceFile Labelled(EvidenceFile file, Func<EvidenceItem, double> people, int answered = 60, int seed = 1)
    {
        var random = new Random(seed);
        var drawn = file.Items.Where(item => item.VersusChampion is not null).OrderBy(_ => random.Next()).Take(answered).Select(item => item.Id).ToHashSet();
        return new EvidenceFile(
            file.Header with { People = new EvidenceRound(60, answered, 0, 2) },
            [.. file.Items.Select(item => item.VersusChampion is not null && drawn.Contains(item.Id) ? item with { People = new EvidencePeople(people(item), 1, answered / 120.0) } : item)]);
    }
}
