using System.Text;
using AlignOps.Evaluation.Suites;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Host.Init;
using AlignOps.Pipelines.Definitions;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Host;

public sealed class InitTests : IDisposable
{
    private static readonly InitAnswers Defaults = new("helpdesk", "thumbs", InitChoices.Example, "held-out", "balanced", "weekly");

    private readonly string _folder = Directory.CreateTempSubdirectory("alignops-init-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Write_EveryCombinationOfAnswers_IsSoundAndHasItsSuites()
    {
        await using var application = AlignOpsServer.Build(AlignOpsServer.Unstarted, null);
        var loader = application.Services.GetRequiredService<PipelineLoader>();
        var number = 0;
        foreach (var feedback in InitChoices.Feedback)
        {
            foreach (var judge in InitChoices.Judges)
            {
                foreach (var gate in InitChoices.Gates)
                {
                    foreach (var schedule in InitChoices.Schedules)
                    {
                        var model = number % 2 == 0 ? InitChoices.Example : "/models/base";
                        var folder = PipelineFolder.Write(_folder, new InitAnswers($"p-{number++}", feedback.Name, model, judge.Name, gate.Name, schedule.Name));

                        Assert.Empty(loader.Validate(folder).Select(fault => $"{feedback.Name} {judge.Name} {gate.Name} {schedule.Name}: {fault.ToLine()}"));
                        Assert.All(Directory.GetFiles(Path.Combine(folder, "suites")), suite => Assert.Empty(SuiteReader.Read(File.ReadAllBytes(suite)).Faults));
                    }
                }
            }
        }

        Assert.StartsWith("# yaml-language-server: $schema=../schema/pipeline.schema.json\n", await File.ReadAllTextAsync(Path.Combine(_folder, "p-0", "pipeline.yaml")), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_folder, "p-0", "../schema/pipeline.schema.json")));
        Assert.Equal(number, DefinitionFolder.All(_folder).Count);
    }

    [Fact]
    public void Write_AFolderThatIsThere_IsRefusedAndLeftAlone()
    {
        var there = Directory.CreateDirectory(Path.Combine(_folder, "helpdesk"));
        File.WriteAllText(Path.Combine(there.FullName, "pipeline.yaml"), "pipeline: mine\n");

        Assert.Equal(ExitCode.Refused, Assert.Throws<CommandException>(() => PipelineFolder.Write(_folder, Defaults)).ExitCode);

        Assert.Equal("pipeline: mine\n", File.ReadAllText(Path.Combine(there.FullName, "pipeline.yaml")));
        Assert.Equal([there.FullName], Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Ask_FiveQuestions_TakesDefaultsAndAsksAgainWhatItCannotUse()
    {
        var model = Directory.CreateDirectory(Path.Combine(_folder, "model")).FullName;
        File.WriteAllText(Path.Combine(model, "config.json"), "{}");
        var paper = new StringWriter();
        var questions = new InitQuestions(new StringReader($"My Desk\nmy-desk\n\n/nowhere\n{model}\nmagic\nverifier\nstrict\n"), paper);

        Assert.Equal("my-desk", questions.AskName(null, "assistant"));
        Assert.Equal("thumbs", questions.AskOne(null, "What feedback?", InitChoices.Feedback));
        Assert.Equal(model, questions.AskModel(null));
        Assert.Equal("verifier", questions.AskOne(null, "Who judges?", InitChoices.Judges));
        Assert.Equal("strict", questions.AskOne(null, "How careful?", InitChoices.Gates));
        Assert.Contains("5/5", paper.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("6/5", paper.ToString(), StringComparison.Ordinal);
        Assert.Contains("Answer one of held-out, verifier.", paper.ToString(), StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, Assert.Throws<CommandException>(() => questions.AskName(null, "assistant")).ExitCode);
    }

    [Fact]
    public void Abilities_AreQuestionsOfTheirOwn()
    {
        var items = SuiteReader.Read(Encoding.UTF8.GetBytes(StarterSuites.Abilities())).Items;

        Assert.Equal(80, items.Select(item => item.Prompt[^1].Content).Distinct().Count());
    }
}
