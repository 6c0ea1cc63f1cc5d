using System.Globalization;
using AlignOps.Host.Cli;
using AlignOps.Training.Trainers;
using Spectre.Console;

namespace AlignOps.Host.Commands;

/// <summary>Shows a training while it runs: a bar on a terminal, otherwise a line for every tenth of it.</summary>
internal static class TrainProgress
{
    /// <param name="quiet">Standard output belongs to the answer alone.</param>
    public static async Task<T> ShowAsync<T>(bool quiet, Func<Action<StepReport>, Task<T>> train)
    {
        if (quiet || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            return await train(Lines(quiet ? Console.Error : Console.Out));
        }

        return await AnsiConsole.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async progress =>
            {
                var bar = progress.AddTask("reading", autoStart: true);
                var first = true;
                return await train(step =>
                {
                    bar.MaxValue = step.TotalSteps;
                    bar.Value = step.Step;
                    bar.Description = Markup.Escape(Describe(step));
                    if (first && step.Step > 1)
                    {
                        AnsiConsole.WriteLine(Resumed(step));
                    }

                    first = false;
                });
            });
    }

    private static Action<StepReport> Lines(TextWriter writer)
    {
        var tenth = -1;
        return step =>
        {
            if (tenth < 0 && step.Step > 1)
            {
                writer.WriteLine(Resumed(step));
            }

            if (step.Step * 10 / step.TotalSteps is var reached && (reached > tenth || step.Step == step.TotalSteps))
            {
                tenth = reached;
                writer.WriteLine(Describe(step));
                writer.Flush();
            }
        };
    }

    private static string Resumed(StepReport step) =>
        Output.Printable($"Goes on after step {step.Step - 1} of {step.TotalSteps}, where it was interrupted.");

    private static string Describe(StepReport step) => string.Create(
        CultureInfo.InvariantCulture, $"step {step.Step} of {step.TotalSteps}, epoch {step.Epoch:0.0}, loss {step.Loss:0.0000}, {step.Tokens} tokens");
}
