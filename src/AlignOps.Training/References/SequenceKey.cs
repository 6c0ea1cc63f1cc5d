using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AlignOps.Models.Policies;

namespace AlignOps.Training.References;

/// <summary>A sequence's name by its content: which tokens, and which of them are scored.</summary>
internal static class SequenceKey
{
    public static UInt128 Of(TokenSequence sequence)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<int>(sequence.Tokens));
        hash.AppendData(MemoryMarshal.AsBytes<bool>(sequence.Scored));
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
