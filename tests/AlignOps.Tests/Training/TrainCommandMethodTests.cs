using AlignOps.Data.Datasets;
using AlignOps.Models.Cpu;
using AlignOps.Training.Command;
using AlignOps.Training.Definitions;

namespace AlignOps.Tests.Training;

/// <summary><c>alignops train</c> by method: what it says of rows that a method cannot use, and what it writes of those that it can.</summary>
public sealed class TrainCommandMethodTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-train-methods-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Run_RowsOfKindsThatTheMethodCannotUse_SaysWhichRowsMissWhat()
    {
        TrainCommandResult result = await RunAsync("dpo", DatasetJson.WriteRows(TinyModel.Demonstrations()));

        Assert.Equal("nothing-to-learn", result.Code);
        Assert.Matches(
            @"dpo learns from preference, ranking, and none of the 8 accepted rows is of such a kind: there are 8 demonstration \([0-9a-f]{12} line 1, [0-9a-f]{12} line 2, [0-9a-f]{12} line 3, …\)", result.Reason);
    }

    [Fact]
    public async Task Run_RowsThatTeachNothing_AreNamed()
    {
        TrainCommandResult result = await RunAsync("sft", DatasetJson.WriteRows(TinyModel.Rankings()), new SftSection { MinScore = 5 });

        Assert.Equal("nothing-to-learn", result.Code);
        Assert.Contains("no-signal (", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RowsThatAreNotUsed_AreNamedInTheReport()
    {
        TrainCommandReport report = (await RunAsync("dpo", [.. DatasetJson.WriteRows(TinyModel.Demonstrations()), .. DatasetJson.WriteRows(TinyModel.Rankings())])).Report!;

        Assert.Equal(8, report.Skipped["demonstration"]);
        Assert.EndsWith(" line 1", report.FirstRows["demonstration"][0], StringComparison.Ordinal);
        Assert.Equal(3, report.FirstRows["demonstration"].Count);
    }

    [Theory]
    [InlineData("dpo")]
    [InlineData("orpo")]
    [InlineData("pro")]
    public async Task Run_PreferenceMethods_WriteTrlsMetricsOfEachStep(string method)
    {
        TrainCommandReport report = (await RunAsync(method, DatasetJson.WriteRows(TinyModel.Rankings()))).Report!;

        Assert.True(report.Examples > 0);
        string last = (await File.ReadAllLinesAsync(report.MetricsFile)).Last(line => line.Contains("rewards/margins", StringComparison.Ordinal));
        Assert.Contains("rewards/accuracies", last, StringComparison.Ordinal);
        Assert.Contains("logps/rejected", last, StringComparison.Ordinal);
    }

    private async Task<TrainCommandResult> RunAsync(string method, byte[] rows, SftSection? sft = null)
    {
        string file = Path.Combine(_folder, "feedback.jsonl");
        await File.WriteAllBytesAsync(file, rows);
        var options = new TrainCommandOptions
        {
            File = file,
            Model = TinyModel.Write(Path.Combine(_folder, "base")),
            Output = Path.Combine(_folder, "out"),
            HeldOutShare = 0.3,
            Training = new TrainingSection { Method = method, Epochs = 3, PromptsPerStep = 2, LearningRate = 5e-3, Sft = sft ?? new SftSection() },
        };
        return await new TrainCommandRunner(new CpuPolicyEngine(threads: 2)).RunAsync(options, _ => { }, CancellationToken.None);
    }
}
