using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AlignOps.Contracts;

namespace AlignOps.Evaluation.Answers;

/// <summary>What answers depend on and nothing else: equal keys, equal answers, whichever run asks and whoever judges.</summary>
/// <param name="Suite">SHA-256 of the suite's files.</param>
/// <param name="Decoding">How it is asked: kind, template, sampling, limits, engine.</param>
internal sealed record AnswerKey(ModelRef Model, string Suite, string Decoding)
{
    /// <summary>Names the answers; changes with any of the three.</summary>
    public string Digest { get; } = Convert.ToHexStringLower(Hash($"answers 1\n{Model.Checkpoint}\n{Model.Adapter}\n{Suite}\n{Decoding}"));

    /// <summary>The seed of a draw: none depends on another, and two models draw differently.</summary>
    public long Seed(string item, int sample) =>
        BinaryPrimitives.ReadInt64BigEndian(Hash(string.Create(CultureInfo.InvariantCulture, $"{Digest}\n{item}\n{sample}"))) & long.MaxValue;

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
