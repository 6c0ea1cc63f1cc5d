using System.Text.Json;
using System.Text.RegularExpressions;
using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Platform.Access;
using AlignOps.WebConsole.Access;
using AlignOps.WebConsole.Live;
using AlignOps.WebConsole.Pages;
using AlignOps.WebConsole.Reading;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AlignOps.Tests.WebConsole;

/// <summary>Whatever people and models wrote is text on every page, whichever field it came by.</summary>
public sealed partial class StoredScriptTests
{
    private const string Hostile = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>' onclick='alert(1) javascript:alert(1)</textarea></title><svg onload=alert(1)>&lt;script&gt;";

    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly Visitor Visitor = new(Hostile, AccessRole.Admin, Hostile, Keyed: true, new Note(true, Hostile));

    public static TheoryData<string> Pages => [nameof(NowPage), nameof(RunsPage), nameof(RunPage), nameof(GatePage), nameof(ModelsPage), nameof(BatchesPage), nameof(BatchPage), nameof(LabelPage), nameof(LabelsPage), nameof(LeaguePage), nameof(SignInPage), nameof(ProblemPage)];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task Page_HostileTextInEveryField_StaysText(string page)
    {
        var (type, parameters) = Build(page);
        using var loggers = LoggerFactory.Create(_ => { });
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();

        var html = await new RegionRenderer(services, loggers).RenderAsync(type, parameters);

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", html, StringComparison.Ordinal);
        foreach (Match tag in Tag().Matches(html))
        {
            Assert.DoesNotContain(tag.Groups["name"].Value.ToLowerInvariant(), (string[])["iframe", "object", "embed", "base", "style"]);
            Assert.DoesNotMatch(Handler(), QuotedValue().Replace(tag.Value, "\"\""));
            Assert.DoesNotMatch(ScriptAddress(), tag.Value);
        }

        Assert.All(Script().Matches(html), script => Assert.Matches("^<script src=\"/assets/(console|label).js[?]v=", script.Value));
        Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg onload", html, StringComparison.Ordinal);
        Assert.DoesNotContain(" style=", html, StringComparison.Ordinal);
    }

    private static (Type Page, Dictionary<string, object?> Parameters) Build(string page) => page switch
    {
        nameof(NowPage) => Of<NowPage>(new NowModel([new Waiting("ask", Hostile, Hostile, Hostile, "/runs/r-1", 0)], [Run()], [Run()], [Champion()], [Deployment()], Now)),
        nameof(RunsPage) => Of<RunsPage>(new RunsModel([Run()], [Hostile], Hostile, null, 2, true, Now)),
        nameof(RunPage) => Of<RunPage>(new RunModel(
            Run(), [new RunStep(Hostile, "running", 0, null, 0.5, Hostile, 2)], [new RunEventLine { Kind = Hostile, Detail = Hostile }], [Batch()], new DatasetLine(),
            new TrainingCurve([(1, 1), (2, 0.5)], 4, 10), EvidenceCurve.Of([1, 0, 1], 0.05, true), Gate(),
            new ApprovalLine { State = "awaiting", Role = Hostile, Needed = 1 }, [new VoteLine { Person = Hostile, Answer = "approve", Reason = Hostile }], Deployment(), Answers(), Now)),
        nameof(GatePage) => Of<GatePage>(new GateModel(Run(), Gate(), SliceInterval.Of(Gate(), null), null, People(), Style(), Now)),
        nameof(ModelsPage) => Of<ModelsPage>(new ModelsModel(
            [new PipelineModels(Champion(), [new ChampionVersion(1, new ModelRef(Hostile, Hostile), Hostile, Hostile, Hostile, "r-1", 1, Now)], [Deployment()], [Run()])], Now)),
        nameof(BatchesPage) => Of<BatchesPage>(new BatchesModel([Batch()], [Hostile], Hostile, null, 1, true, Now)),
        nameof(BatchPage) => Of<BatchPage>(new BatchModel(
            Batch(),
            new BatchReport(Hostile, new Dictionary<string, int> { [Hostile] = 1 }, new Dictionary<string, int>(), new Dictionary<string, int> { [Hostile] = 1 }, Hostile, [Hostile]),
            new BatchRows([new BatchRow(1, 1, "rejected", Hostile, Hostile, Hostile, Hostile, null, Hostile), new BatchRow(2, 2, "accepted", null, null, null, null, JsonSerializer.SerializeToElement(new { text = Hostile }), null)], 3),
            "rejected", Now)),
        nameof(LabelPage) => Of<LabelPage>(new LabelModel(new LabelPair("l-1", Hostile, [new LabelPair.Message(Hostile, Hostile), new LabelPair.Message("user", Hostile)], Hostile, Hostile, 2), Hostile, Hostile, null)),
        nameof(LabelsPage) => Of<LabelsPage>(new LabelsModel([new LabelRound("r-1", Hostile, "open", 3, 1, true, Hostile, 0, 0, new Dictionary<string, int> { ["answered"] = 1 })], Now)),
        nameof(LeaguePage) => Of<LeaguePage>(new LeagueModel([Hostile], Hostile, new LeagueModel.Table(Hostile, 400, [Line()], new Dictionary<string, IReadOnlyList<LeagueModel.Line>> { [Hostile] = [Line()] }, Hostile))),
        nameof(SignInPage) => (typeof(SignInPage), new() { ["FormToken"] = Hostile, ["Back"] = Hostile, ["Fault"] = Hostile }),
        _ => (typeof(ProblemPage), new() { ["Title"] = Hostile, ["Sentence"] = Hostile, ["Visitor"] = Visitor }),
    };

    private static (Type Page, Dictionary<string, object?> Parameters) Of<TPage>(object model) => (typeof(TPage), new() { ["Model"] = model, ["Visitor"] = Visitor });

    private static LeagueModel.Line Line() => new(Hostile, 1, new Estimate(1000, 900, 1100), 1001, 3, 0);

    private static PeopleFigures People() => new(
        "open", true, 3, new Dictionary<string, int> { [Hostile] = 1 }, 2, 0.6, new Estimate(0.5, 0.4, 0.6), new Estimate(0.1, 0, 0.2), true, new Estimate(0.5, 0.4, 0.6), 0.5, 0.5,
        new Dictionary<string, IReadOnlyDictionary<string, int>> { [Hostile] = new Dictionary<string, int> { [Hostile] = 1 } }, 3, Hostile);

    private static StyleFigures Style() => new(3, new Estimate(0.5, 0.4, 0.6), new Estimate(0.5, 0.4, 0.6), new Estimate(0.5, 0.4, 0.6), new Dictionary<string, Estimate> { [Hostile] = new(0, -1, 1) }, 10, 20, Hostile);

    private static RunLine Run() => new()
    {
        RunId = "r-1", Pipeline = Hostile, State = Hostile, TriggerKind = Hostile, Reason = Hostile, ChampionCheckpoint = Hostile, CandidateAdapter = Hostile,
        DatasetDigest = Hostile, RecordDigest = Hostile, EndedAt = 1000,
    };

    private static BatchLine Batch() => new() { BatchId = "b-1", Pipeline = Hostile, Name = Hostile, Format = Hostile, PushedBy = Hostile, State = "held", Reason = Hostile };

    private static ChampionLine Champion() => new() { Pipeline = Hostile, Checkpoint = Hostile, AnchorCheckpoint = Hostile, Cause = Hostile, DecidedBy = Hostile, HeldBy = Hostile, HeldReason = Hostile, Version = 2 };

    private static DeploymentLine Deployment() => new() { Pipeline = Hostile, Checkpoint = Hostile, Stage = Hostile, Reason = Hostile, Active = 1 };

    private static GateRecord Gate() => new(
        "reject", Hostile, Hostile, 0.5, 0.4, 0.6, 10, 4, 2, 4, 10, 0, 0, Hostile, Hostile, Hostile, Hostile, 1, [Hostile], [Hostile], new GateRecord.Levels(0.05, 0.05, 10),
        [new GateRecord.Rule(Hostile, Hostile, "fail", Hostile, 1, 2, 3, null, null, null, Hostile)], [new GateRecord.Slice(Hostile, Hostile, -0.5, -0.1, 20, 3, "fail")],
        [new GateRecord.Report(Hostile, Hostile, Hostile)]);

    private static AnswerPage Answers()
    {
        var answer = new EvidenceAnswer(Hostile, true, null, false, new Dictionary<string, bool> { [Hostile] = true }, Hostile);
        return new AnswerPage([new EvidenceItem(Hostile, Hostile, 0, Hostile, null, Hostile, answer, answer, answer, null, null)], "all", AnswerPage.Kinds.ToDictionary(kind => kind, _ => 1), 1, 2, true);
    }

    [GeneratedRegex("""<(?<name>[a-zA-Z][a-zA-Z0-9]*)(?:\s(?:"[^"]*"|'[^']*'|[^>"'])*)?>""")]
    private static partial Regex Tag();

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex QuotedValue();

    [GeneratedRegex(@"\son[a-z]+\s*=", RegexOptions.IgnoreCase)]
    private static partial Regex Handler();

    [GeneratedRegex(@"(?:href|src|action)=""\s*javascript:", RegexOptions.IgnoreCase)]
    private static partial Regex ScriptAddress();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();
}
