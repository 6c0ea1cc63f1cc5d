using System.Security.Cryptography;
using AlignOps.Data.Content;
using AlignOps.Data.Formats;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Jobs;
using AlignOps.Rewards;
using AlignOps.Training.Definitions;
using AlignOps.Training.Runs;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Command;

/// <summary>Trains a policy on a file of feedback, without the rest of the loop: no database, broker, gate or service.</summary>
/// <param name="verifiers">That may rate what a training samples; null: those that every installation has.</param>
public sealed class TrainCommandRunner(IPolicyEngine engine, VerifierCatalogue? verifiers = null)
{
    private const string WorkFolder = "training";

    /// <summary>As the other, showing each step to someone.</summary>
    public Task<TrainCommandResult> RunAsync(TrainCommandOptions options, Action<StepReport> progress, CancellationToken cancellationToken) =>
        RunAsync(options, new StepCallback(progress), cancellationToken);

    /// <summary>
    /// Runs to the end. Cancelled, it leaves a checkpoint in the output and throws <see cref="OperationCanceledException"/>; called again with the same
    /// options it goes on from there, to the same bits. A dry run ends before the first step and writes nothing.
    /// </summary>
    public async Task<TrainCommandResult> RunAsync(TrainCommandOptions options, ITrainingObserver observer, CancellationToken cancellationToken)
    {
        if (Fault(options) is { } fault)
        {
            return fault;
        }

        try
        {
            TrainCommandData data = await TrainCommandData.ReadAsync(options, cancellationToken);
            AdapterTrainingRequest request = Request(options, data);
            return options.DryRun
                ? TrainCommandResult.Done(DryRunner.Run(engine, request, data))
                : TrainCommandResult.Done(await TrainAsync(request, data, observer, cancellationToken));
        }
        catch (JobFailedException failure)
        {
            return TrainCommandResult.Refused(failure.Code, failure.Message);
        }
        catch (ModelFormatException failure)
        {
            return TrainCommandResult.Refused(failure.Reason, failure.Message);
        }
        catch (ContentException failure)
        {
            return TrainCommandResult.Refused(failure.Code, failure.Message);
        }
    }

    private static TrainCommandResult? Fault(TrainCommandOptions options)
    {
        SectionFault[] faults = [.. TrainingPipelineSection.Faults(options.Training)];
        return options switch
        {
            _ when faults.Length > 0 => TrainCommandResult.Refused("invalid-options", string.Join(" ", faults.Select(f => f.Sentence))),
            { HeldOutShare: not (>= 0 and < 1) } => TrainCommandResult.Refused("invalid-options", "The held-out share must be from 0 up to but not 1."),
            { Format: { } format } when FeedbackFormats.Canonical(format) is null => TrainCommandResult.Refused(
                "unknown-format", $"There is no format '{format}'; there are {string.Join(", ", FeedbackFormats.Names)}."),
            _ when !File.Exists(options.File) => TrainCommandResult.Refused("file-missing", $"There is no file {options.File}."),
            _ when !Directory.Exists(options.Model) => TrainCommandResult.Refused("model-missing", $"There is no model directory {options.Model}."),
            { Adapter: { } adapter } when !Directory.Exists(adapter) => TrainCommandResult.Refused("adapter-missing", $"There is no adapter directory {adapter}."),
            _ => TrainOutput.Fault(options),
        };
    }

    private static AdapterTrainingRequest Request(TrainCommandOptions options, TrainCommandData data) => new(
        options.Training,
        TrainingRecipe.Seed(options.Training, runSeed: 0),
        options.Model,
        options.Adapter,
        $"{Checkpoint.Digest(options.Model)} {AdapterDigest(options.Adapter)}",
        data.Train,
        data.HeldOut,
        Path.Combine(options.Output, WorkFolder),
        options.Output,
        RefusesOthers: true,
        DatasetDigest: data.Dataset.Digest,
        ReferenceFolder: options.ReferenceFolder);

    private async Task<TrainCommandReport> TrainAsync(
        AdapterTrainingRequest request, TrainCommandData data, ITrainingObserver observer, CancellationToken cancellationToken)
    {
        AdapterTrainingResult result = await new AdapterTraining(engine, verifiers ?? new VerifierCatalogue([])).RunAsync(request, observer, cancellationToken);
        string metrics = Path.Combine(request.Output, Path.GetFileName(result.Summary.MetricsFile));
        File.Move(result.Summary.MetricsFile, metrics, overwrite: true);
        Discard(request.Folder);
        return new TrainCommandReport(
            data.Verdicts,
            data.Faults,
            result.Examples,
            data.Skipped(result.Skipped, result.HeldOutSkipped),
            result.Summary.Steps,
            result.Summary.Tokens,
            result.Summary.FinalLoss,
            result.Summary.HeldOut,
            request.Output,
            metrics)
        {
            KeptStep = result.Summary.KeptStep,
            Full = request.Section.Adapter == TrainingSection.Full,
            FirstRows = data.FirstRows(request.Section, result.FirstRows),
        };
    }

    /// <summary>Under another name first: a deletion that is cut off must not leave half a checkpoint where the next start looks for one.</summary>
    private static void Discard(string work)
    {
        string discarded = work + ".done";
        if (Directory.Exists(discarded))
        {
            Directory.Delete(discarded, recursive: true);
        }

        if (Directory.Exists(work))
        {
            Directory.Move(work, discarded);
            Directory.Delete(discarded, recursive: true);
        }
    }

    private static string AdapterDigest(string? adapter)
    {
        string? weights = adapter is null ? null : Path.Combine(adapter, "adapter_model.safetensors");
        if (!File.Exists(weights))
        {
            return "";
        }

        using FileStream stream = File.OpenRead(weights);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
