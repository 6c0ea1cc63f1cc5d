using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Answers;

/// <summary>One answer to be drawn from each model.</summary>
/// <param name="Sample">0-based among the item's draws.</param>
internal sealed record Draw(AskedSuite Suite, SuiteItem Item, int Sample)
{
    /// <summary>The item's place in the run's order.</summary>
    public long Lot(long runSeed) => System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{runSeed}\n{Suite.Section.Name}\n{Item.Id}\norder")))) & long.MaxValue;
}
