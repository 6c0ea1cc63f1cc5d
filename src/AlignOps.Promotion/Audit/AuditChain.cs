using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AlignOps.Promotion.Audit;

/// <summary>The arithmetic of the log: each row's hash covers the one before, so a changed, missing or swapped row breaks every hash after it.</summary>
internal static class AuditChain
{
    public static readonly string Origin = new('0', 64);

    public static string Hash(AuditEntry entry) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        JsonSerializer.Serialize(new object[] { entry.PreviousHash, entry.Seq, entry.At, entry.Actor, entry.Action, entry.Pipeline, entry.Content }))));

    /// <param name="entries">By sequence number.</param>
    /// <param name="head">Number and hash of the last entry, kept apart: without it, entries cut off at the end would not be missed. Later entries may follow it.</param>
    public static AuditVerification Verify(IEnumerable<AuditEntry> entries, AuditEntry? head)
    {
        if (head is null) return Broken(1, "The head of the log is gone.");

        var (seq, hash) = (0L, Origin);
        foreach (var entry in entries)
        {
            seq++;
            if (entry.Seq != seq) return Broken(seq, $"Entry {seq} is missing.");
            if (entry.PreviousHash != hash) return Broken(seq, $"Entry {seq} does not follow entry {seq - 1}: one of them was changed.");
            hash = Hash(entry);
            if (entry.Hash != hash) return Broken(seq, $"Entry {seq} was changed after it was written.");
            if (seq == head.Seq && hash != head.Hash) return Broken(seq, $"Entry {seq} is not the one that the head of the log names.");
        }

        return seq < head.Seq
            ? Broken(seq + 1, $"The log ends at entry {seq}, but {head.Seq} were written.")
            : new AuditVerification(true, seq, null, hash, $"All {seq} entries are as they were written.");
    }

    private static AuditVerification Broken(long seq, string sentence) => new(false, seq - 1, seq, null, sentence);
}
