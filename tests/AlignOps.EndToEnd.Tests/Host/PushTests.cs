using System.Globalization;
using System.Text;
using AlignOps.Host.Cli;

namespace AlignOps.EndToEnd.Tests.Host;

/// <summary>Bad feedback as a product team meets it: <c>alignops push</c> against a running AlignOps.</summary>
public sealed class PushTests(RunningWorkplace running) : IClassFixture<RunningWorkplace>
{
    [Fact]
    public async Task Push_MalformedJsonOnLineSeven_NamesTheLineAndTakesTheRest()
    {
        string[] rows = [.. Workplace.Rows(9, "seven")];
        var result = await PushAsync("seven.jsonl", Utf8([.. rows[..6], """{"prompt":"Should I""", .. rows[6..]]));

        result.Succeeded("10 rows: 9 accepted", "line    7  rejected     malformed-json");
    }

    [Fact]
    public async Task Push_LineOfFiftyMegabytes_RejectsThatRowAlone()
    {
        var result = await PushAsync("long.jsonl", Utf8([.. Workplace.Rows(3, "long"), $$"""{"prompt":"{{new string('x', 50_000_000)}}","chosen":"yes","rejected":"no"}"""]));

        result.Succeeded("4 rows: 3 accepted", "line    4  rejected     line-too-long");
    }

    [Fact]
    public async Task Push_InvalidUtf8_RejectsThatRowAlone()
    {
        var result = await PushAsync("latin.jsonl", [.. Utf8([.. Workplace.Rows(2, "latin")]), .. "{\"prompt\":\"caf"u8, 0xE9, .. "\",\"chosen\":\"yes\",\"rejected\":\"no\"}\n"u8]);

        result.Succeeded("3 rows: 2 accepted", "line    3  rejected     invalid-utf8");
    }

    [Theory]
    [InlineData("""{"prompt":"Should I?","chosen":"","rejected":"no"}""", "no-answer")]
    [InlineData("""{"query":"Should I?","responses":["yes","no"],"scores":[1.0]}""", "scores-length")]
    [InlineData("""{"query":"Should I?","responses":["yes","no"],"scores":[1.0,NaN]}""", "NaN")]
    public async Task Push_RowThatTeachesNothing_SaysWhy(string row, string says)
    {
        var result = await PushAsync($"{says}.jsonl", Utf8([.. Workplace.Rows(2, says), row]));

        result.Succeeded("3 rows: 2 accepted", "line    3", says);
    }

    [Fact]
    public async Task Push_TableOfThumbs_SaysWhatItWasReadAsAndWhyItIsNotLearned() =>
        (await PushAsync("thumbs.csv", Utf8(["question,answer,thumb", "Should I knock?,yes,up", "Should I shout?,no,perhaps"])))
            .Succeeded("2 rows: 1 accepted", "read as csv-thumbs: columns question (prompt), answer (answer), thumb (label), separated by commas in 2 of 2 rows", "line    3  rejected     wrong-type", "training.method: kto");

    [Fact]
    public async Task Push_TableThatMayBeTwoThings_NamesTheFlagAndIsReadWithIt()
    {
        byte[] table = Utf8(["question,answer,rating", "Should I wait?,yes,1"]);

        (await PushAsync("rating.csv", table)).Refused(ExitCode.Refused, "--format csv-thumbs or --format csv-ratings");

        (await AlignOpsProgram.RunAsync("push", Workplace.Pipeline, running.Place.WriteFile("rating.csv", table), "--format", "csv-thumbs", "--server", running.Url)).Succeeded("1 rows: 1 accepted");
    }

    [Fact]
    public async Task Convert_TableToTrl_IsReadBackTheSame()
    {
        var table = running.Place.WriteFile("pairs.csv", Utf8(["prompt,chosen,rejected", "\"Should I, really?\",yes,no", "Should I?,,no"]));
        var output = running.Place.Below("pairs.jsonl");

        (await AlignOpsProgram.RunAsync("convert", table, "--to", "trl-preference", "--output", output)).Succeeded("1 rows written", "line    3  rejected     no-answer");

        Assert.Equal("{\"prompt\":\"Should I, really?\",\"chosen\":\"yes\",\"rejected\":\"no\"}\n", await File.ReadAllTextAsync(output));
    }

    [Fact]
    public async Task Push_EmptyFile_IsRefused() =>
        (await PushAsync("empty.jsonl", [])).Refused(ExitCode.Refused, "empty");

    [Fact]
    public async Task Push_NothingUsable_AnswersNo()
    {
        var result = await PushAsync("nothing.jsonl", Utf8(["not json"]));

        Assert.Equal(ExitCode.AnsweredNo, result.ExitCode);
        Assert.Contains("line    1  rejected     malformed-json", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Push_UnknownPipeline_NamesTheOnesThereAre() =>
        (await PushAsync("lost.jsonl", Utf8([.. Workplace.Rows(2, "lost")]), "yes-or-not")).Refused(ExitCode.NotFound, "yes-or-not", Workplace.Pipeline);

    [Fact]
    public async Task Push_MissingFile_IsNotFound() =>
        (await AlignOpsProgram.RunAsync("push", Workplace.Pipeline, running.Place.Below("absent.jsonl"), "--server", running.Url)).Refused(ExitCode.NotFound, "absent.jsonl");

    [Fact]
    public async Task Push_NoServer_SaysHowToStartOne() =>
        (await AlignOpsProgram.RunAsync("runs", "--server", "http://127.0.0.1:1")).Refused(ExitCode.Unreachable, "alignops up");

    [Fact]
    public async Task Up_PipelineWithATypo_ShowsFileLineColumnKeyAndRemedyAndTheOthersRun()
    {
        await running.Program.WaitForOutputAsync(Workplace.Broken);
        var said = await running.Program.WaitForOutputAsync("epocs");

        Assert.Contains("pipeline.yaml:7:3", said, StringComparison.Ordinal);
        Assert.Contains("epochs", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_DataFolderInUse_IsRefused() =>
        (await AlignOpsProgram.RunAsync("up", "--data", running.Data, "--pipelines", running.Place.Pipelines, "--port", "0")).Refused(ExitCode.Usage, "in use by process", "--data");

    [Fact]
    public async Task Up_PortInUse_IsRefused() =>
        (await AlignOpsProgram.RunAsync(
            "up", "--data", running.Place.Below("other"), "--pipelines", running.Place.Pipelines, "--port", new Uri(running.Url).Port.ToString(CultureInfo.InvariantCulture)))
        .Refused(ExitCode.Usage, "is in use", "--port");

    private static byte[] Utf8(string[] rows) => Encoding.UTF8.GetBytes(string.Join('\n', rows) + "\n");

    private Task<ProgramResult> PushAsync(string name, byte[] content, string pipeline = Workplace.Pipeline) =>
        AlignOpsProgram.RunAsync("push", pipeline, running.Place.WriteFile(name, content), "--server", running.Url);
}
