using AlignOps.Data.Batches;
using AlignOps.Data.Checks;
using AlignOps.Data.Content;
using AlignOps.Data.Feedback;

namespace AlignOps.Benchmarks.Proofs.Real;

/// <summary>The pairs of a pushed file, read as Intake reads it: only accepted rows become pairs.</summary>
internal static class PairFile
{
    public static async Task<IReadOnlyList<PreferencePair>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var content = await ContentStream.OpenAsync(file, ContentLimits.Default, cancellationToken);
        var outcomes = await new BatchReader(RowLimits.Default, ContentLimits.Default).ReadAsync(content, new BatchSource("file", "proof"), cancellationToken);
        return [.. outcomes.Where(o => o.Verdict == RowVerdict.Accepted && o.Row!.Kind == FeedbackKind.Preference).Select(o => new PreferencePair(o.Row!))];
    }
}
