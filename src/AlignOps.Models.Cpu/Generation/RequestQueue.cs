using AlignOps.Models.Generation;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>The requests of a call, taken in order, and their results.</summary>
internal sealed class RequestQueue(IReadOnlyList<GenerationRequest> requests)
{
    private readonly GenerationResult?[] _results = new GenerationResult?[requests.Count];
    private int _next;

    public IReadOnlyList<GenerationResult> Results => [.. _results.Select(result => result!)];

    public GenerationRequest this[int index] => requests[index];

    /// <summary>The next request without a result; −1 when there is none.</summary>
    public int Next
    {
        get
        {
            while (_next < requests.Count && _results[_next] is not null)
            {
                _next++;
            }

            return _next < requests.Count ? _next : -1;
        }
    }

    /// <summary>Takes <see cref="Next"/>.</summary>
    public void Take() => _next++;

    public void Finish(int index, GenerationResult result) => _results[index] = result;
}
