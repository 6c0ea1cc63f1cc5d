using System.Globalization;
using AlignOps.Host.Cli;
using AlignOps.Training.Trainers;
using Spectre.Console;

namespace AlignOps.Host.Commands;

/// <summary>Shows a training while it runs: a bar on a terminal, otherwise a line for every tenth of it.</summary>
internal static class TrainProgress
{
    /// <param name="quiet">Standard output belongs to the answer alone.</param>
    public static async Task<T> ShowAsync<T>(bool quiet, Func<ITrainingObserver, Task<T>> train)
    {
        if (quiet || Console.IsOutputRedirected || !AnsiConsole.Profile.Capabilities.Interactive)
        {
            return await train(new TrainLines(quiet ? Console.Error : Console.Out));
        }

        return await AnsiConsole.Progress()
            .AutoClear(false)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async progress => await train(new TrainBar(progress.AddTask("reading", autoStart: true))));
    }

    internal static string Resumed(StepReport step) =>
        Output.Printable($"Goes on after step {step.Step - 1} of {step.TotalSteps}, where it was interrupted.");

    internal static string Scored(int done, int total) => $"reference scored on {done} of {total} sequences";

    internal static string Describe(StepReport step, double tokensPerSecond, TimeSpan? left)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"step {step.Step} of {step.TotalSteps}, epoch {step.Epoch:0.0}, loss {step.Loss:0.0000}{ZScore(step.LossZScore)}, gradient norm {step.GradientNorm:0.00}{ZScore(step.GradientNormZScore)}, {step.Tokens} tokens");
        return left is { } time ? string.Create(CultureInfo.InvariantCulture, $"{text}, {tokensPerSecond:0} tokens/s, {time:h\\:mm\\:ss} left") : text;
    }

    private static string ZScore(double? score) => score is { } z ? string.Create(CultureInfo.InvariantCulture, $" ({z:+0.0;-0.0}z)") : "";
}
