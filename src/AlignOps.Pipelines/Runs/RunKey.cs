using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace AlignOps.Pipelines.Runs;

/// <summary>A run's identity: the hash of pipeline, definition and trigger. The same trigger under the same definition is the same run, on any machine.</summary>
internal readonly record struct RunKey(string RunId, long Seed)
{
    public static RunKey Of(string pipeline, string definitionDigest, RunTrigger trigger)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{pipeline}\n{definitionDigest}\n{trigger.Kind}\n{trigger.Reference}"));
        return new RunKey(
            "r-" + Convert.ToHexStringLower(hash.AsSpan(0, 8)),
            (long)(BinaryPrimitives.ReadUInt64BigEndian(hash) & long.MaxValue));
    }
}
