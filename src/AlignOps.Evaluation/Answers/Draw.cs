using System.Security.Cryptography;
using System.Text;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Answers;

/// <summary>One answer to be drawn from each model.</summary>
/// <param name="Sample">0-based among the item's draws.</param>
internal sealed record Draw(AskedSuite Suite, SuiteItem Item, int Sample)
{
    /// <summary>The seed of a model's draw, from the run's seed and the places of all things, so that no draw depends on another and two equal models draw differently.</summary>
    public long Seed(long runSeed, string model)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{runSeed}\n{Suite.Section.Name}\n{Item.Id}\n{Sample}\n{model}")));
        return System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(hash) & long.MaxValue;
    }
}
