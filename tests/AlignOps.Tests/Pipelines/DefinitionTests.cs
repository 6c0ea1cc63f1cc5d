using AlignOps.Pipelines.Definitions;
using AlignOps.Pipelines.Schedules;
using AlignOps.Platform.Blobs;
using AlignOps.Tests.Pipelines.Compliance;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Pipelines;

public class DefinitionTests
{
    private const string Sound = """
        pipeline: support
        description: A support assistant.
        synthesis: { method: sampled }
        training: { start: base }
        evaluation:
          suites:
            - { name: behaviour, file: suites/behaviour.jsonl }
        schedule: { cron: "0 0 3 ? * SUN", time_zone: Europe/Zurich }
        """;

    [Fact]
    public async Task Refresh_SoundFolder_StoresYamlAndSuitesAndNothingElse()
    {
        await using var loop = await LoopDriver.CreateAsync(Sound);
        Write(loop, "suites/behaviour.jsonl", "{}");
        Write(loop, "generator/Program.cs", "class P;");
        var definition = Assert.Single(await loop.Definitions.RefreshAsync(default));

        Assert.Empty(definition.Faults);
        Assert.True(definition is { Synthesizes: true, StartsFromBase: true, Description: "A support assistant." });
        Assert.Equal(new ScheduleSection { Cron = "0 0 3 ? * SUN", TimeZone = "Europe/Zurich" }, definition.Schedule);
        var tree = await loop.Services.GetRequiredService<IBlobStore>().MaterializeAsync(definition.Digest!, default);
        Assert.Equal(
            ["pipeline.yaml", "suites/behaviour.jsonl"],
            Directory.GetFiles(tree, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(tree, file)).Order(StringComparer.Ordinal));
        var view = Assert.Single(await loop.Queries.PipelinesAsync(default));
        Assert.Equal((definition.Digest, 0), (view.DefinitionDigest, view.Faults.Count));
    }

    [Fact]
    public async Task Validate_ManyFaults_NamesEachWithItsPlaceAndRemedy()
    {
        await using var loop = await LoopDriver.CreateAsync("""
            pipeline: other
            descripton: A support assistant.
            evaluation:
              suites:
                - { name: a, file: suites/missing.jsonl }
                - { name: b, file: ../../secret.jsonl }
            schedule: { cron: "every sunday", time_zone: Europe/Zurch }
            """);

        var faults = loop.Services.GetRequiredService<PipelineLoader>().Validate(Path.GetDirectoryName(loop.DefinitionFile)!);

        Assert.Equal(
            ["pipeline 1", "descripton 2", "evaluation.suites[0].file 5", "evaluation.suites[1].file 6", "schedule.cron 7", "schedule.time_zone 7"],
            faults.Select(fault => $"{fault.Path} {fault.Line}"));
        Assert.All(faults, fault => Assert.True(fault.Column > 0));
        Assert.Contains("description", faults[1].Sentence, StringComparison.Ordinal);
        Assert.StartsWith("pipeline.yaml:2:1 descripton: ", faults[1].ToLine());
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b\n")]
    [InlineData("pipeline: [support\n")]
    [InlineData("description: no name\n")]
    public async Task Validate_NotADefinition_IsRefused(string yaml)
    {
        await using var loop = await LoopDriver.CreateAsync(yaml);

        Assert.NotEmpty(loop.Services.GetRequiredService<PipelineLoader>().Validate(Path.GetDirectoryName(loop.DefinitionFile)!));
    }

    [Fact]
    public async Task Refresh_OneBrokenPipeline_RefusesItAndKeepsTheOther()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        Write(loop, "../broken/pipeline.yaml", "pipeline: broken\ntrainig: {}\n");
        await loop.Definitions.RefreshAsync(default);

        var views = await loop.Queries.PipelinesAsync(default);
        Assert.Equal(["broken", "support"], views.Select(view => view.Pipeline));
        Assert.Null(views[0].DefinitionDigest);
        Assert.Contains("trainig", Assert.Single(views[0].Faults), StringComparison.Ordinal);
        await loop.PushAsync();
        Assert.Single(await loop.RunsAsync());
    }

    [Fact]
    public async Task BatchAccepted_FileEditedSinceTheLastRun_RunsUnderTheNewDefinition()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        await loop.PushAsync();
        await loop.PumpAsync();
        Write(loop, "pipeline.yaml", "pipeline: support\nsynthesis: { method: sampled }\n");
        await loop.PushAsync();
        await loop.PumpAsync();

        var runs = await loop.RunsAsync();
        Assert.Equal(2, runs.Select(run => run.DefinitionDigest).Distinct().Count());
        Assert.Equal(runs[1].DefinitionDigest, Assert.Single(await loop.Queries.PipelinesAsync(default)).DefinitionDigest);
        Assert.Single(loop.Commands.OfType<AlignOps.Contracts.Runs.Synthesize>());
    }

    [Fact]
    public async Task BatchAccepted_FileBroken_WaitsUntilItIsMended()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        Write(loop, "pipeline.yaml", "pipeline: support\ntrainig: {}\n");
        var batch = await loop.PushAsync();
        Assert.StartsWith("definition-broken: ", (await loop.BatchAsync(batch)).Reason);

        Write(loop, "pipeline.yaml", "pipeline: support\n");
        await loop.Reconciler.SweepAsync(default);

        Assert.Equal("in-run", (await loop.BatchAsync(batch)).State);
    }

    [Fact]
    public async Task Refresh_FolderGone_ForgetsThePipelineAndItsBatchesWait()
    {
        await using var loop = await LoopDriver.CreateAsync();
        await loop.PromoteAsync(1);
        Directory.Delete(Path.GetDirectoryName(loop.DefinitionFile)!, recursive: true);
        await loop.Definitions.RefreshAsync(default);
        var batch = await loop.PushAsync();

        Assert.Empty(await loop.Queries.PipelinesAsync(default));
        Assert.StartsWith("no-definition: ", (await loop.BatchAsync(batch)).Reason);
    }

    private static void Write(LoopDriver loop, string relative, string text)
    {
        var path = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(loop.DefinitionFile)!, relative));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
