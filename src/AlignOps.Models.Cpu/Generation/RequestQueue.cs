using System.Diagnostics.CodeAnalysis;
using AlignOps.Models.Generation;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>The requests of a call, taken in order by any lane, and their results.</summary>
internal sealed class RequestQueue(IReadOnlyList<GenerationRequest> requests)
{
    private readonly GenerationResult?[] _results = new GenerationResult?[requests.Count];
    private int _next;

    public IReadOnlyList<GenerationResult> Results => [.. _results.Select(result => result!)];

    /// <summary>The next request that has no result yet.</summary>
    public bool TryTake(out int index, [NotNullWhen(true)] out GenerationRequest? request)
    {
        while ((index = Interlocked.Increment(ref _next) - 1) < requests.Count)
        {
            if (_results[index] is null)
            {
                request = requests[index];
                return true;
            }
        }

        request = null;
        return false;
    }

    public void Finish(int index, GenerationResult result) => _results[index] = result;
}
