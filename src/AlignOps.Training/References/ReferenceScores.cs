using System.Security.Cryptography;
using System.Text;
using AlignOps.Models.Policies;
using AlignOps.Training.Examples;
using AlignOps.Training.Objectives;

namespace AlignOps.Training.References;

/// <summary>
/// What the reference policy gives each sequence of a training, computed before the first step and kept by (dataset, reference): no second policy stands in
/// memory beside the one that trains, and another epoch, a resume or another training on the same pair computes nothing again.
/// </summary>
internal sealed class ReferenceScores
{
    private readonly Dictionary<UInt128, double> _scores = [];

    /// <summary>log π_ref of the sequence's scored tokens together.</summary>
    /// <exception cref="KeyNotFoundException">The sequence was in none of the plans.</exception>
    public double Of(TokenSequence sequence) => _scores[SequenceKey.Of(sequence)];

    /// <summary>Scores of every sequence in the plans, from the file where it has them, from the reference otherwise.</summary>
    /// <param name="path">See <see cref="PathOf"/>.</param>
    /// <param name="load">Loads the reference; not called where the file has everything.</param>
    /// <param name="microBatchTokens">Tokens that go through the engine at once.</param>
    /// <param name="progress">Hears of (scored, to score).</param>
    public static ReferenceScores Prepare(
        string path, IEnumerable<StepPlan> plans, Func<IPolicyModel> load, int microBatchTokens, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        var scores = new ReferenceScores();
        using var file = ReferenceFile.Open(path, scores._scores);
        var missing = new Dictionary<UInt128, TokenSequence>();
        foreach (PlannedSequence planned in plans.SelectMany(plan => plan.Sequences))
        {
            UInt128 key = SequenceKey.Of(planned.Sequence);
            if (!scores._scores.ContainsKey(key))
            {
                missing.TryAdd(key, planned.Sequence);
            }
        }

        if (missing.Count > 0)
        {
            using IPolicyModel reference = load();
            scores.Score(reference, [.. missing], file, microBatchTokens, progress, cancellationToken);
        }

        return scores;
    }

    /// <summary>The file of a pair of dataset and reference in a folder of such files.</summary>
    /// <param name="reference">Content name of the reference and of the engine that runs it.</param>
    public static string PathOf(string folder, IReadOnlyList<TrainingExample> examples, string reference)
    {
        using var dataset = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (TrainingExample example in examples)
        {
            dataset.AppendData(Encoding.UTF8.GetBytes(example.RowId + "\n"));
        }

        byte[] name = SHA256.HashData(Encoding.UTF8.GetBytes(reference));
        return Path.Combine(folder, $"{Short(dataset.GetHashAndReset())}-{Short(name)}.scores");
    }

    private static string Short(byte[] digest) => Convert.ToHexStringLower(digest.AsSpan(0, 12));

    private void Score(
        IPolicyModel reference, KeyValuePair<UInt128, TokenSequence>[] missing, ReferenceFile file, int microBatchTokens, Action<int, int>? progress,
        CancellationToken cancellationToken)
    {
        for (int start = 0, end; start < missing.Length; start = end)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int tokens = 0;
            for (end = start; end < missing.Length && (end == start || tokens + missing[end].Value.Tokens.Length <= microBatchTokens); end++)
            {
                tokens += missing[end].Value.Tokens.Length;
            }

            IReadOnlyList<float[]> scored = reference.Score([.. missing[start..end].Select(m => m.Value)]);
            for (int i = start; i < end; i++)
            {
                double sum = scored[i - start].Sum(v => (double)v);
                _scores[missing[i].Key] = sum;
                file.Add(missing[i].Key, sum);
            }

            file.Flush();
            progress?.Invoke(end, missing.Length);
        }
    }
}
