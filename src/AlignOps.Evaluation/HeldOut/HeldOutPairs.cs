using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Data;
using AlignOps.Data.Feedback;

namespace AlignOps.Evaluation.HeldOut;

/// <summary>
/// Makes pairs of feedback rows: a preference or ranking is one, its best answer and its worst; thumbs up and down are paired within a prompt, and those left over
/// with one another by lot; each row is used once. Pure: the same rows and seed give the same pairs in the same order.
/// </summary>
internal static class HeldOutPairs
{
    /// <param name="most">Of more pairs than this so many are drawn.</param>
    public static IReadOnlyList<HeldOutPair> Of(IReadOnlyList<FeedbackRow> rows, int most, long seed) =>
        [.. rows.Select(Own).OfType<HeldOutPair>().Concat(OfThumbs(rows, seed)).OrderBy(pair => Lot(pair.Id, seed)).ThenBy(pair => pair.Id, StringComparer.Ordinal).Take(most)];

    /// <summary>The pair that a row is by itself; null where it is none.</summary>
    private static HeldOutPair? Own(FeedbackRow row)
    {
        var (best, worst) = row.Kind switch
        {
            FeedbackKind.Preference when row.Candidates.Count == 2 => (row.Candidates[0], row.Candidates[1]),
            FeedbackKind.Ranking => (row.Candidates.MaxBy(candidate => candidate.Score ?? double.MinValue)!, row.Candidates.MinBy(candidate => candidate.Score ?? double.MaxValue)!),
            FeedbackKind.Demonstration => (row.Candidates[0], (Candidate?)null),
            _ => (null, null),
        };
        if (best is null || (worst is not null && (worst.Text == best.Text || best.Score == worst.Score && row.Kind == FeedbackKind.Ranking))) return null;
        return new HeldOutPair(row.Id, Key(row.Prompt), new(row.Prompt, best.Text), worst is null ? null : new(row.Prompt, worst.Text));
    }

    private static IEnumerable<HeldOutPair> OfThumbs(IEnumerable<FeedbackRow> rows, long seed)
    {
        var thumbs = rows.Where(row => row.Kind == FeedbackKind.Thumb && row.Candidates is [{ Label: not null }]).ToList();
        var (ups, downs) = (new List<FeedbackRow>(), new List<FeedbackRow>());
        foreach (var prompt in thumbs.GroupBy(row => Key(row.Prompt), StringComparer.Ordinal))
        {
            var (liked, disliked) = (Side(prompt, true, seed), Side(prompt, false, seed));
            var within = Math.Min(liked.Count, disliked.Count);
            for (var i = 0; i < within; i++) yield return Pair(liked[i], disliked[i], prompt.Key);
            ups.AddRange(liked.Skip(within));
            downs.AddRange(disliked.Skip(within));
        }

        // Several left-over thumbs of one prompt would make several pairs depend on each other, so a prompt gives one of a side.
        var (up, down) = (Across(ups, seed), Across(downs, seed));
        foreach (var (liked, disliked) in up.Zip(down)) yield return Pair(liked, disliked, cluster: null);
    }

    private static List<FeedbackRow> Across(IEnumerable<FeedbackRow> rows, long seed) => Side(rows.DistinctBy(row => Key(row.Prompt), StringComparer.Ordinal), null, seed);

    private static List<FeedbackRow> Side(IEnumerable<FeedbackRow> rows, bool? label, long seed) =>
        [.. rows.Where(row => label is null || row.Candidates[0].Label == label).OrderBy(row => Lot(row.Id, seed)).ThenBy(row => row.Id, StringComparer.Ordinal)];

    private static HeldOutPair Pair(FeedbackRow liked, FeedbackRow disliked, string? cluster) =>
        new($"{liked.Id[..16]}-{disliked.Id[..16]}", cluster, new(liked.Prompt, liked.Candidates[0].Text), new(disliked.Prompt, disliked.Candidates[0].Text));

    private static string Key(IReadOnlyList<ChatMessage> prompt) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(prompt)))[..16];

    private static ulong Lot(string id, long seed) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\nheld-out\n{id}"))));
}
