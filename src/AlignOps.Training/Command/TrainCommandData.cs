using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Data.Datasets;
using AlignOps.Data.Feedback;
using AlignOps.Data.Formats;
using AlignOps.Platform.Jobs;
using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;

namespace AlignOps.Training.Command;

/// <summary>The rows of a file, checked as a batch's are and split as a dataset version's are.</summary>
/// <param name="Outcomes">Every row with its verdict, in the file's order.</param>
internal sealed record TrainCommandData(IReadOnlyList<RowOutcome> Outcomes, Dataset Dataset, IReadOnlyList<FeedbackRow> Train, IReadOnlyList<FeedbackRow> HeldOut)
{
    public IReadOnlyDictionary<RowVerdict, int> Verdicts => Outcomes.CountBy(o => o.Verdict).ToDictionary();

    public IReadOnlyList<RowOutcome> Faults => [.. Outcomes.Where(o => o.Fault is not null)];

    /// <exception cref="JobFailedException"><c>no-rows</c> or <c>nothing-to-learn</c>.</exception>
    /// <exception cref="ContentException">The file cannot be read as text.</exception>
    public static async Task<TrainCommandData> ReadAsync(TrainCommandOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<RowOutcome> outcomes = await RowsAsync(options, cancellationToken);
        FeedbackRow[] accepted = [.. outcomes.Where(o => o.Verdict == RowVerdict.Accepted).Select(o => o.Row!)];
        if (accepted.Length == 0)
        {
            throw new JobFailedException(
                "no-rows", outcomes.Count == 0 ? $"{options.File} has no rows." : $"None of the {outcomes.Count} rows of {options.File} is usable{First(outcomes)}.");
        }

        IReadOnlyList<FeedbackKind> kinds = TrainingMethods.Find(options.Training.Method)!.Shape(options.Training).Kinds;
        Dataset dataset = DatasetBuilder.Build("", [], new DatasetRows(accepted, [], []), new MixOptions(options.HeldOutShare, 0, 0, kinds), seed: 0);
        return dataset.Manifest.TrainRows == 0
            ? throw new JobFailedException("nothing-to-learn", MissingKinds.Describe(options.Training.Method, kinds, accepted))
            : new TrainCommandData(
                outcomes,
                dataset,
                await DatasetJson.ReadRowsAsync(new MemoryStream(dataset.Train), cancellationToken),
                await DatasetJson.ReadRowsAsync(new MemoryStream(dataset.HeldOut), cancellationToken));
    }

    /// <summary>Accepted rows that are neither trained on nor held out, by reason code.</summary>
    public IReadOnlyDictionary<string, int> Skipped(params ReadOnlySpan<IReadOnlyDictionary<string, int>> more)
    {
        var skipped = new SortedDictionary<string, int>(Dataset.Manifest.UnusedByMethod.ToDictionary(), StringComparer.Ordinal);
        foreach (IReadOnlyDictionary<string, int> one in more)
        {
            foreach ((string code, int rows) in one)
            {
                skipped[code] = skipped.GetValueOrDefault(code) + rows;
            }
        }

        return skipped;
    }

    /// <summary>Of each reason in <see cref="Skipped"/>, as far as it is known, the first rows.</summary>
    /// <param name="more">Of the reasons that the training found.</param>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> FirstRows(TrainingSection section, IReadOnlyDictionary<string, IReadOnlyList<string>> more) =>
        MissingKinds.First(Outcomes.Where(o => o.Verdict == RowVerdict.Accepted).Select(o => o.Row!), TrainingMethods.Find(section.Method)!.Shape(section).Kinds).Concat(more).ToDictionary();

    private static async Task<IReadOnlyList<RowOutcome>> RowsAsync(TrainCommandOptions options, CancellationToken cancellationToken)
    {
        await using FileStream file = File.OpenRead(options.File);
        await using ContentStream content = await ContentStream.OpenAsync(file, ContentLimits.Default, cancellationToken);
        return await new BatchReader(RowLimits.Default, ContentLimits.Default)
            .ReadAsync(content, new BatchSource(BatchId: "", PushedBy: "", options.Format is { } format ? FeedbackFormats.Canonical(format) : null), cancellationToken);
    }

    private static string First(IReadOnlyList<RowOutcome> outcomes) =>
        outcomes.FirstOrDefault(o => o.Fault is not null) is { } first ? $"; line {first.Line}: {first.Fault!.Sentence.TrimEnd('.')}" : "";
}
