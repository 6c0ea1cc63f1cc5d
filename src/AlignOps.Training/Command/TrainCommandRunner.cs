using System.Security.Cryptography;
using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Data.Datasets;
using AlignOps.Data.Formats;
using AlignOps.Models.Checkpoints;
using AlignOps.Models.Policies;
using AlignOps.Platform.Definitions;
using AlignOps.Platform.Jobs;
using AlignOps.Rewards;
using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Runs;
using AlignOps.Training.Trainers;

namespace AlignOps.Training.Command;

/// <summary>Trains an adapter on a file of feedback, without the rest of the loop: no database, broker, gate or service.</summary>
/// <param name="verifiers">That may rate what a training samples; null: those that every installation has.</param>
public sealed class TrainCommandRunner(IPolicyEngine engine, VerifierCatalogue? verifiers = null)
{
    private const string WorkFolder = "training";

    /// <summary>
    /// Runs to the end. Cancelled, it leaves a checkpoint in the output and throws <see cref="OperationCanceledException"/>; called again with the same
    /// options it goes on from there, to the same bits.
    /// </summary>
    /// <param name="progress">Called after every optimizer step.</param>
    public async Task<TrainCommandResult> RunAsync(TrainCommandOptions options, Action<StepReport> progress, CancellationToken cancellationToken)
    {
        if (Fault(options) is { } fault)
        {
            return fault;
        }

        try
        {
            IReadOnlyList<RowOutcome> outcomes = await ReadAsync(options, cancellationToken);
            return outcomes.Any(o => o.Verdict == RowVerdict.Accepted)
                ? TrainCommandResult.Done(await TrainAsync(options, outcomes, progress, cancellationToken))
                : TrainCommandResult.Refused("no-rows", $"None of the {outcomes.Count} rows of {options.File} is usable{First(outcomes)}.");
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
            _ => null,
        };
    }

    private static async Task<IReadOnlyList<RowOutcome>> ReadAsync(TrainCommandOptions options, CancellationToken cancellationToken)
    {
        await using FileStream file = File.OpenRead(options.File);
        await using ContentStream content = await ContentStream.OpenAsync(file, ContentLimits.Default, cancellationToken);
        return await new BatchReader(RowLimits.Default, ContentLimits.Default)
            .ReadAsync(content, new BatchSource(BatchId: "", PushedBy: "", options.Format is { } format ? FeedbackFormats.Canonical(format) : null), cancellationToken);
    }

    private static string First(IReadOnlyList<RowOutcome> outcomes) =>
        outcomes.FirstOrDefault(o => o.Fault is not null) is { } first ? $"; line {first.Line}: {first.Fault!.Sentence}" : "";

    private async Task<TrainCommandReport> TrainAsync(
        TrainCommandOptions options, IReadOnlyList<RowOutcome> outcomes, Action<StepReport> progress, CancellationToken cancellationToken)
    {
        RowOutcome[] accepted = [.. outcomes.Where(o => o.Verdict == RowVerdict.Accepted)];
        var mix = new MixOptions(options.HeldOutShare, 0, 0, TrainingMethods.Find(options.Training.Method)!.Shape(options.Training).Kinds);
        Dataset dataset = DatasetBuilder.Build("", [], new DatasetRows([.. accepted.Select(o => o.Row!)], [], []), mix, seed: 0);
        if (dataset.Manifest.TrainRows == 0)
        {
            throw new JobFailedException("nothing-to-learn", MissingKinds.Describe(options.Training.Method, mix.Kinds, [.. accepted.Select(o => o.Row!)]));
        }

        string work = Path.Combine(options.Output, WorkFolder);
        var request = new AdapterTrainingRequest(
            options.Training,
            TrainingRecipe.Seed(options.Training, runSeed: 0),
            options.Model,
            options.Adapter,
            $"{Checkpoint.Digest(options.Model)} {AdapterDigest(options.Adapter)}",
            await DatasetJson.ReadRowsAsync(new MemoryStream(dataset.Train), cancellationToken),
            await DatasetJson.ReadRowsAsync(new MemoryStream(dataset.HeldOut), cancellationToken),
            work,
            options.Output,
            RefusesOthers: true,
            DatasetDigest: dataset.Digest);
        AdapterTrainingResult result = await new AdapterTraining(engine, verifiers ?? new VerifierCatalogue([])).RunAsync(request, new StepCallback(progress), cancellationToken);

        string metrics = Path.Combine(options.Output, Path.GetFileName(result.Summary.MetricsFile));
        File.Move(result.Summary.MetricsFile, metrics, overwrite: true);
        Discard(work);
        var skipped = new SortedDictionary<string, int>(dataset.Manifest.UnusedByMethod.ToDictionary(), StringComparer.Ordinal);
        foreach ((string code, int rows) in result.Skipped.Concat(result.HeldOutSkipped))
        {
            skipped[code] = skipped.GetValueOrDefault(code) + rows;
        }

        return new TrainCommandReport(
            outcomes.CountBy(o => o.Verdict).ToDictionary(),
            [.. outcomes.Where(o => o.Fault is not null)],
            result.Examples,
            skipped,
            result.Summary.Steps,
            result.Summary.Tokens,
            result.Summary.FinalLoss,
            result.Summary.HeldOut,
            options.Output,
            metrics);
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
