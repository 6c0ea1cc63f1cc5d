using System.Security.Cryptography;
using System.Text;

namespace AlignOps.Intake.Batches;

/// <summary>Which batch a push makes, or has made before.</summary>
/// <param name="ContentHash">SHA-256 of the unpacked content, and the name of its blob.</param>
/// <param name="RequestedFormat">What <c>format=</c> asked for; empty when rows go by their keys.</param>
internal sealed record BatchIdentity(string Pipeline, string ContentHash, string Name, string RequestedFormat, string PushedBy)
{
    /// <summary>The same content is the same batch of a pipeline, whoever pushes it and however it is packed.</summary>
    public string BatchId { get; } = "b-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Pipeline}\n{ContentHash}")))[..16];
}
