using System.Text.Json.Nodes;
using AlignOps.Host.Cli;

namespace AlignOps.EndToEnd.Tests.Host;

/// <summary><c>alignops train</c>: models that are not what they say, and Ctrl-C.</summary>
public sealed class TrainTests : IDisposable
{
    private readonly Workplace _place = new();

    public void Dispose() => _place.Dispose();

    [Fact]
    public async Task Train_InterruptedAndStartedAgain_GivesTheBytesOfAnUninterruptedTraining()
    {
        var model = _place.WritePolicy("model");
        var file = _place.WriteFile("feedback.jsonl", string.Join('\n', Workplace.Rows(64, "door")));
        string[] Command(string output) => ["train", file, "--model", model, "--output", _place.Below(output), "--epochs", "150", "--learning-rate", "1e-3", "--rank", "4", "--alpha", "8"];

        var whole = AlignOpsProgram.RunAsync(Command("whole"));
        using (var first = AlignOpsProgram.Start(Command("halves")))
        {
            await first.WaitForOutputAsync("step 1 of");
            first.PressCtrlC();
            (await first.EndAsync()).Refused(ExitCode.Interrupted, "saved", "same command");
        }

        Assert.False(File.Exists(Path.Combine(_place.Below("halves"), "adapter_model.safetensors")));
        (await AlignOpsProgram.RunAsync(Command("halves"))).Succeeded("Goes on after step", "The adapter stands in");
        (await whole).Succeeded("The adapter stands in");
        foreach (var name in new[] { "adapter_model.safetensors", "adapter_config.json" })
        {
            Assert.Equal(File.ReadAllBytes(Path.Combine(_place.Below("whole"), name)), File.ReadAllBytes(Path.Combine(_place.Below("halves"), name)));
        }
    }

    [Fact]
    public async Task Train_ShapesThatDoNotFitTheConfig_IsRefusedByName()
    {
        var model = _place.WritePolicy("model");
        var path = Path.Combine(model, "config.json");
        var config = JsonNode.Parse(File.ReadAllText(path))!;
        config["intermediate_size"] = 96;
        File.WriteAllText(path, config.ToJsonString());

        (await TrainAsync(model)).Refused(ExitCode.Failed, "mlp", "96", "64", "[model-format]");
    }

    [Fact]
    public async Task Train_TruncatedSafetensors_IsRefused()
    {
        var model = _place.WritePolicy("model");
        var path = Path.Combine(model, "model.safetensors");
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^100]);

        (await TrainAsync(model)).Refused(ExitCode.Failed, "model.safetensors", "[model-format]");
    }

    [Fact]
    public async Task Train_NothingUsableInTheFile_AnswersNo() =>
        (await AlignOpsProgram.RunAsync("train", _place.WriteFile("bad.jsonl", "not json\n"), "--model", _place.WritePolicy("model"), "--output", _place.Below("adapter")))
        .Refused(ExitCode.AnsweredNo, "line 1", "[no-rows]");

    [Theory]
    [InlineData("--method", "ppo", ExitCode.Usage)]
    [InlineData("--epochs", "0", ExitCode.Usage)]
    [InlineData("--model", "nowhere", ExitCode.NotFound)]
    public async Task Train_WrongOption_IsRefused(string option, string value, int exitCode)
    {
        var file = _place.WriteFile("feedback.jsonl", string.Join('\n', Workplace.Rows(4, "door")));
        string[] arguments = option == "--model" ? [option, value] : [option, value, "--model", _place.WritePolicy("model")];

        (await AlignOpsProgram.RunAsync(["train", file, "--output", _place.Below("adapter"), .. arguments])).Refused(exitCode, value);
    }

    private Task<ProgramResult> TrainAsync(string model) => AlignOpsProgram.RunAsync(
        "train", _place.WriteFile("feedback.jsonl", string.Join('\n', Workplace.Rows(12, "door"))), "--model", model, "--output", _place.Below("adapter"));
}
