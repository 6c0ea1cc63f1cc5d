using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Benchmarks.Proofs.Methods;

/// <summary>A frozen policy that scores each sequence once: every method and fold compares with the same base. Safe for several callers.</summary>
internal sealed class RememberedScores(IPolicyModel policy) : IPolicyModel
{
    private readonly ConcurrentDictionary<string, float[]> _scores = new(StringComparer.Ordinal);
    private readonly Lock _asking = new();

    public PolicyConfig Config => policy.Config;

    public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences)
    {
        var keys = sequences.Select(Key).ToArray();
        var unknown = Enumerable.Range(0, keys.Length).Where(i => !_scores.ContainsKey(keys[i])).ToArray();
        if (unknown.Length > 0)
        {
            lock (_asking)
            {
                var scored = policy.Score([.. unknown.Select(i => sequences[i] with { Noise = null })]);
                for (var i = 0; i < unknown.Length; i++)
                {
                    _scores[keys[unknown[i]]] = [.. scored[i]];
                }
            }
        }

        return [.. keys.Select(key => _scores[key])];
    }

    public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException("A reference is asked for log-probabilities only.");

    /// <summary>The policy is its owner's.</summary>
    public void Dispose()
    {
    }

    private static string Key(TokenSequence sequence)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(MemoryMarshal.AsBytes<int>(sequence.Tokens));
        hash.AppendData(MemoryMarshal.AsBytes<bool>(sequence.Scored));
        return Convert.ToHexString(hash.GetHashAndReset());
    }
}
