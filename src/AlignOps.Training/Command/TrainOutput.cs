using AlignOps.Training.Definitions;

namespace AlignOps.Training.Command;

/// <summary>Where a training may not write: on what it starts from, or among the files of a model of the other kind, so that nobody could tell what the folder is.</summary>
public static class TrainOutput
{
    public const string Taken = "output-taken";

    internal static TrainCommandResult? Fault(TrainCommandOptions options)
    {
        if (IsSame(options.Output, options.Model) || (options.Adapter is { } adapter && IsSame(options.Output, adapter)))
        {
            return TrainCommandResult.Refused(Taken, $"{options.Output} is what the training starts from, and writing there would destroy it. Name another folder.");
        }

        (string file, string kind) = options.Training.Adapter == TrainingSection.Full ? ("adapter_config.json", "an adapter") : ("config.json", "a checkpoint");
        return File.Exists(Path.Combine(options.Output, file))
            ? TrainCommandResult.Refused(Taken, $"{options.Output} holds {kind} ({file}). Name another folder.")
            : null;
    }

    private static bool IsSame(string one, string other) => Resolved(one) == Resolved(other);

    private static string Resolved(string directory) =>
        Path.TrimEndingDirectorySeparator(new DirectoryInfo(Path.TrimEndingDirectorySeparator(directory)) is { Exists: true } there && there.ResolveLinkTarget(returnFinalTarget: true) is { } target
            ? target.FullName
            : Path.GetFullPath(directory));
}
