using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using AlignOps.Data.Feedback;

namespace AlignOps.Benchmarks.Proofs.Real;

/// <summary>One accepted pair of answers, the preferred one first.</summary>
internal sealed record PreferencePair(FeedbackRow Row)
{
    /// <summary>
    /// What the conversation opened with. Pairs of one prompt share it, and so do pairs taken from one conversation at different turns: they are one
    /// source, stand in one fold, and are resampled together.
    /// </summary>
    public string Opening => Row.Prompt.First(message => message.Role == "user").Content;

    public string Chosen => Row.Candidates[0].Text;

    public string Rejected => Row.Candidates[1].Text;

    /// <summary>The fold by the opening's hash alone: it depends on no other pair and on no order.</summary>
    public int Fold(int folds) =>
        (int)(BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Opening))) % (ulong)folds);
}
