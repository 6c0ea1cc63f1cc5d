using System.CommandLine;
using AlignOps.Host.Cli;
using AlignOps.Host.Init;

namespace AlignOps.Host.Commands;

/// <summary><c>alignops init [DIR]</c>: five questions, and a pipeline that validates and runs.</summary>
internal static class InitCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("dir") { Description = "Folder of pipelines, as 'up --pipelines' takes it; the new one becomes a folder in it.", DefaultValueFactory = _ => "pipelines" };
        var name = new Option<string?>("--name") { Description = "The pipeline's name." };
        var feedback = Choice("--feedback", "What feedback there is", InitChoices.Feedback);
        var model = new Option<string?>("--model") { Description = "The base: a Hugging Face folder, or 'example'." };
        var judge = Choice("--judge", "Who says that a candidate is better", InitChoices.Judges);
        var gate = Choice("--gate", "How careful the gate is", InitChoices.Gates);
        var schedule = Choice("--schedule", "When everything learned is retrained; not asked, weekly if left out", InitChoices.Schedules);
        var yes = new Option<bool>("--yes", "-y") { Description = "Ask nothing: what is not given takes its default." };
        var command = new Command("init", "Write a new pipeline after five questions.") { directory, name, feedback, model, judge, gate, schedule, yes };
        command.SetAction(arguments => CommandRunner.RunAsync(() =>
        {
            var defaults = arguments.GetValue(yes);
            string? Given(string? value, string fallback) => value ?? (defaults ? fallback : null);
            var questions = new InitQuestions(Console.In, Console.Out);
            var answers = new InitAnswers(
                questions.AskName(Given(arguments.GetValue(name), "assistant"), "assistant"),
                questions.AskOne(Given(arguments.GetValue(feedback), InitChoices.Feedback[0].Name), "What feedback do you have?", InitChoices.Feedback),
                questions.AskModel(Given(arguments.GetValue(model), InitChoices.Example)),
                questions.AskOne(Given(arguments.GetValue(judge), InitChoices.Judges[0].Name), "Who says that a new model is better?", InitChoices.Judges),
                questions.AskOne(Given(arguments.GetValue(gate), InitChoices.Gates[0].Name), "How careful is the gate?", InitChoices.Gates),
                arguments.GetValue(schedule) ?? InitChoices.Schedules[0].Name);
            if (!InitQuestions.IsName(answers.Name))
            {
                throw new CommandException(ExitCode.Usage, $"'{answers.Name}' cannot be a pipeline's name. Use up to 63 lower-case letters, digits and dashes, beginning with a letter.");
            }

            if (!answers.UsesExample && !File.Exists(Path.Combine(answers.Model, "config.json")))
            {
                throw new CommandException(ExitCode.NotFound, $"There is no config.json in {Path.GetFullPath(answers.Model)}; --model names a Hugging Face folder, or 'example'.");
            }

            var folder = PipelineFolder.Write(arguments.GetValue(directory)!, answers);
            Tell(arguments.GetValue(directory)!, folder, answers);
            return Task.FromResult(ExitCode.Success);
        }));
        return command;
    }

    private static Option<string?> Choice(string option, string says, IReadOnlyList<(string Name, string Says)> choices)
    {
        var made = new Option<string?>(option) { Description = $"{says}: {string.Join(", ", choices.Select(choice => choice.Name))}." };
        made.AcceptOnlyFromAmong([.. choices.Select(choice => choice.Name)]);
        return made;
    }

    private static void Tell(string pipelines, string folder, InitAnswers answers)
    {
        Output.Line($"Wrote {folder}. It learns from {answers.Feedback}, is judged by {answers.Judge}, and its gate is {answers.Gate}.");
        if (answers.Judge == InitChoices.HeldOut)
        {
            Output.Line("Held-out feedback shows whether the feedback was learned, not whether it was good: look at batches before you push them, or ask for approval.");
        }

        if (answers.Gate == InitChoices.Approval)
        {
            Output.Line("Approval needs people that can be told apart: make each a key with 'alignops key create NAME --role ops'.");
        }

        Output.Line("Next:");
        Output.Line($"  alignops pipeline validate {folder}");
        Output.Line($"  alignops up --pipelines {pipelines}                      # and, in another terminal:");
        Output.Line($"  alignops certify {answers.Name} {(answers.UsesExample ? "--example" : answers.Model)} --reason \"the first champion\"");
        Output.Line($"  alignops push {answers.Name} FILE                        # CSV or JSONL");
        Output.Line("  alignops runs");
    }
}
