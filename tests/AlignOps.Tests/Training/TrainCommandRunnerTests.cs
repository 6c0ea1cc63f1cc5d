using System.IO.Compression;
using AlignOps.Data.Checks;
using AlignOps.Data.Datasets;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Cpu;
using AlignOps.Training.Command;
using AlignOps.Training.Definitions;

namespace AlignOps.Tests.Training;

public sealed class TrainCommandRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-train-").FullName;
    private readonly TrainCommandOptions _options;

    public TrainCommandRunnerTests()
    {
        string file = Path.Combine(_folder, "feedback.jsonl");
        File.WriteAllBytes(file, [.. DatasetJson.WriteRows(TinyModel.Rankings()), .. "{\"prompt\": 7}\n"u8]);
        _options = new TrainCommandOptions
        {
            File = file,
            Model = TinyModel.Write(Path.Combine(_folder, "base")),
            Output = Path.Combine(_folder, "out"),
            HeldOutShare = 0.3,
            Training = new TrainingSection { Method = "rrhf", Epochs = 6, PromptsPerStep = 2, LearningRate = 5e-3, CheckpointEvery = 4 },
        };
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_File_TrainsAndAccountsForEveryRow()
    {
        TrainCommandReport report = (await RunAsync(_options)).Report!;

        Assert.Equal(8, report.Rows[RowVerdict.Accepted]);
        Assert.Equal(9, Assert.Single(report.Faults).Line);
        Assert.Equal(8, report.Examples + report.HeldOut.Outcomes.Count + report.Skipped.Values.Sum());
        Assert.True(report.HeldOut.Outcomes.Count > 0);
        Assert.Equal(
            ["adapter_config.json", "adapter_model.safetensors", "alignops.json", "metrics.jsonl"],
            Directory.EnumerateFileSystemEntries(_options.Output).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_InterruptedTwiceThenRepeated_GivesTheSameBytes()
    {
        await RunAsync(_options);
        TrainCommandOptions interrupted = _options with { Output = Path.Combine(_folder, "interrupted") };
        foreach (int step in new[] { 3, 9 })
        {
            using var source = new CancellationTokenSource();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(interrupted, step, source));
        }

        await RunAsync(interrupted);

        foreach (string file in new[] { "adapter_model.safetensors", "adapter_config.json", "alignops.json", "metrics.jsonl" })
        {
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_options.Output, file)), await File.ReadAllBytesAsync(Path.Combine(interrupted.Output, file)));
        }
    }

    [Fact]
    public async Task Run_AnotherTrainingsCheckpointInTheOutput_IsRefused()
    {
        using var source = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(_options, 5, source));

        TrainCommandResult result = await RunAsync(_options with { Training = _options.Training with { LearningRate = 1 } });

        Assert.Equal("checkpoint-of-another-training", result.Code);
    }

    [Fact]
    public async Task Run_GzipFile_ReadsAsPlain()
    {
        await RunAsync(_options);
        string packed = Path.Combine(_folder, "feedback.jsonl.gz");
        await using (var gzip = new GZipStream(File.Create(packed), CompressionLevel.Fastest))
        {
            await gzip.WriteAsync(await File.ReadAllBytesAsync(_options.File));
        }

        TrainCommandOptions other = _options with { File = packed, Output = Path.Combine(_folder, "gzip") };
        await RunAsync(other);

        Assert.Equal(
            await File.ReadAllBytesAsync(Path.Combine(_options.Output, "adapter_model.safetensors")),
            await File.ReadAllBytesAsync(Path.Combine(other.Output, "adapter_model.safetensors")));
    }

    [Fact]
    public async Task Run_WrongOptions_AreRefusedWithACode()
    {
        Assert.Equal("file-missing", (await RunAsync(_options with { File = "nowhere.jsonl" })).Code);
        Assert.Equal("model-missing", (await RunAsync(_options with { Model = "nowhere" })).Code);
        Assert.Equal("adapter-missing", (await RunAsync(_options with { Adapter = "nowhere" })).Code);
        Assert.Equal("unknown-format", (await RunAsync(_options with { Format = "xml" })).Code);
        Assert.Equal("model-format", (await RunAsync(_options with { Model = _folder })).Code);
        TrainCommandResult method = await RunAsync(_options with { Training = new TrainingSection { Method = "ppo" } });
        Assert.Equal("invalid-options", method.Code);
        Assert.Contains("one of sft, ", method.Reason);
    }

    [Fact]
    public async Task Run_FileWithoutAUsableRow_SaysWhatIsWrongWithTheFirst()
    {
        await File.WriteAllTextAsync(_options.File, "\nnot json\n");

        TrainCommandResult result = await RunAsync(_options);

        Assert.Equal("no-rows", result.Code);
        Assert.Contains("line 2", result.Reason);
        Assert.DoesNotContain("..", result.Reason);

        await File.WriteAllTextAsync(_options.File, "\n");
        Assert.Contains("has no rows.", (await RunAsync(_options)).Reason);
    }

    [Fact]
    public async Task Run_OutputThatHoldsAModel_IsRefusedBeforeAnythingIsWritten()
    {
        TrainCommandOptions full = _options with { Training = new TrainingSection { Method = "rrhf", Epochs = 1, Adapter = TrainingSection.Full } };
        string before = Checkpoint.Digest(_options.Model);
        string link = Path.Combine(_folder, "link");
        Directory.CreateSymbolicLink(link, _options.Model);
        await RunAsync(_options);

        TrainCommandResult[] refused =
        [
            await RunAsync(_options with { Output = _options.Model + Path.DirectorySeparatorChar }),
            await RunAsync(full with { Output = _options.Model }),
            await RunAsync(full with { Output = link }),
            await RunAsync(full with { Output = _options.Output }),
            await RunAsync(_options with { Adapter = _options.Output }),
        ];

        Assert.All(refused, result => Assert.Equal(TrainOutput.Taken, result.Code));
        Assert.Equal(before, Checkpoint.Digest(_options.Model));
        Assert.NotNull((await RunAsync(_options)).Report);
    }

    [Fact]
    public async Task Run_DryRun_ShowsWhatIsTrainedAndWritesNothing()
    {
        TrainDryRun run = (await RunAsync(_options with { DryRun = true })).DryRun!;

        Assert.False(Directory.Exists(_options.Output));
        TrainCommandReport report = (await RunAsync(_options)).Report!;
        Assert.Equal((report.Examples, report.HeldOut.Outcomes.Count, report.Steps), (run.Examples, run.HeldOut, run.Steps));
        Assert.Equal(report.Tokens, run.EpochTokens * 6);
        Assert.Equal(3, run.Shown.Count);
        Assert.All(run.Shown, sequence =>
        {
            Assert.Equal([false, true], sequence.Spans.Select(span => span.Trained));
            Assert.Contains("what ", sequence.Spans[0].Text);
            Assert.Contains(TinyModel.Answers, answer => sequence.Spans[1].Text.StartsWith(answer, StringComparison.Ordinal));
        });
        Assert.Single(run.Shown.Select(sequence => sequence.Spans[0].Text).Distinct());
        Assert.Equal(run.Shown.Count, run.Shown.Select(sequence => sequence.Spans[1].Text).Distinct().Count());
        Assert.True(run.MemoryBytes > 0);
    }

    [Fact]
    public async Task Run_DryRunOfRowsThatDoNotFit_NamesTheFirst()
    {
        string longRow = """{"query": "what red", "responses": ["LONG", "no"], "scores": [1, 0]}""".Replace("LONG", string.Join(' ', Enumerable.Repeat("red", 200)), StringComparison.Ordinal);
        await File.AppendAllTextAsync(_options.File, longRow + "\n");

        TrainDryRun run = (await RunAsync(_options with { DryRun = true, HeldOutShare = 0 })).DryRun!;

        Assert.Equal(1, run.Skipped["too-long"]);
        Assert.EndsWith("line 10", Assert.Single(run.FirstRows["too-long"]));
    }

    [Fact]
    public async Task Run_HalfDiscardedWorkOfAFinishedTraining_StandsInNobodysWay()
    {
        await RunAsync(_options);
        byte[] expected = await File.ReadAllBytesAsync(Path.Combine(_options.Output, "adapter_model.safetensors"));
        Directory.CreateDirectory(Path.Combine(_options.Output, "training.done", "checkpoint-00000004"));

        await RunAsync(_options);

        Assert.Equal(expected, await File.ReadAllBytesAsync(Path.Combine(_options.Output, "adapter_model.safetensors")));
        Assert.False(Directory.Exists(Path.Combine(_options.Output, "training.done")));
    }

    private static Task<TrainCommandResult> RunAsync(TrainCommandOptions options, int stop = 0, CancellationTokenSource? source = null) =>
        new TrainCommandRunner(new CpuPolicyEngine(threads: 2)).RunAsync(
            options,
            report =>
            {
                if (report.Step == stop)
                {
                    source!.Cancel();
                }
            },
            source?.Token ?? CancellationToken.None);
}
