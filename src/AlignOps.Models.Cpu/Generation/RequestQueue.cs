using AlignOps.Models.Generation;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>The requests of a call, taken in order by any lane, and their results.</summary>
internal sealed class RequestQueue(IReadOnlyList<GenerationRequest> requests)
{
    private readonly GenerationResult?[] _results = new GenerationResult?[requests.Count];
    private readonly Lock _lock = new();
    private int _next;

    public IReadOnlyList<GenerationResult> Results => [.. _results.Select(result => result!)];

    public GenerationRequest this[int index] => requests[index];

    /// <summary>The next requests without a result, at most so many: one, and those after it that have the same prompt. Empty when there are none.</summary>
    public Range Take(int most)
    {
        lock (_lock)
        {
            while (_next < requests.Count && _results[_next] is not null)
            {
                _next++;
            }

            int first = _next;
            while (_next < requests.Count && _next - first < most && _results[_next] is null
                && requests[_next].Prompt.AsSpan().SequenceEqual(requests[first].Prompt))
            {
                _next++;
            }

            return first.._next;
        }
    }

    public void Finish(int index, GenerationResult result) => _results[index] = result;
}
