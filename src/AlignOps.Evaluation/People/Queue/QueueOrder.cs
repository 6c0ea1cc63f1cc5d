using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AlignOps.Contracts.Evidence;
using AlignOps.Statistics.Correction;

namespace AlignOps.Evaluation.People.Queue;

/// <summary>In which order people are asked about a run's pairs: a function of the evidence, so that every pair's chance can be told afterwards.</summary>
internal static class QueueOrder
{
    /// <summary>First in line first. Two equal answers need nobody, and held-out feedback has no answers to show.</summary>
    public static IReadOnlyList<QueuedPair> Of(EvidenceFile file) =>
    [
        .. Pairs(file).Where(item => !Equal(item)).Select(item =>
        {
            var uncertainty = Queue.Uncertainty.Of(item.VersusChampion!);
            var weight = Queue.Uncertainty.Weight(uncertainty);
            return new QueuedPair(item, uncertainty, weight, PrioritySample.Priority(weight, Uniform(file.Header.Seed, item)));
        }).OrderByDescending(pair => pair.Priority).ThenBy(pair => pair.Item.Suite, StringComparer.Ordinal).ThenBy(pair => pair.Item.Id, StringComparer.Ordinal).ThenBy(pair => pair.Item.Sample),
    ];

    /// <summary>The pairs of answers that people could compare.</summary>
    public static IEnumerable<EvidenceItem> Pairs(EvidenceFile file)
    {
        var suites = file.Header.Suites.Where(suite => suite.Role == SuiteRole.Preference && !suite.IsClosed && suite.Judge != EvidenceSuite.HeldOutFeedback).Select(suite => suite.Name).ToHashSet(StringComparer.Ordinal);
        return file.Items.Where(item => item.VersusChampion is not null && suites.Contains(item.Suite));
    }

    public static bool Equal(EvidenceItem item) => item.Candidate.Text == item.Champion.Text;

    /// <summary>In (0, 1].</summary>
    private static double Uniform(long seed, EvidenceItem item)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"people\n{seed}\n{item.Suite}\n{item.Id}\n{item.Sample}")));
        return ((BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) + 1) / (double)(1UL << 53);
    }
}
