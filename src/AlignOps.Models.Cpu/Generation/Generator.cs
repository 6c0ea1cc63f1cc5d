using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>Spreads a call's requests over lanes, one for each worker. Lanes keep their memory between calls.</summary>
internal sealed class Generator(DecoderModel model, Machine machine)
{
    private const int MostSlots = 64;
    private const long CacheFloats = 1L << 28;

    private readonly DecodeLane[] _lanes = [.. Enumerable.Range(0, machine.Threads).Select(_ => new DecodeLane(model))];

    /// <exception cref="ArgumentException">An empty prompt, a token id outside the vocabulary, or a prompt longer than the position limit.</exception>
    public IReadOnlyList<GenerationResult> Run(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken)
    {
        var queue = new RequestQueue(requests);
        long largest = 1;
        int positions = 0;
        for (int index = 0; index < requests.Count; index++)
        {
            GenerationRequest request = requests[index];
            PolicyInput.Check(request, model.Config);
            int limit = PolicyInput.Limit(request, model.Config);
            if (limit <= 0)
            {
                queue.Finish(index, new GenerationResult([], [], FinishReason.Length));
                continue;
            }

            positions = Math.Max(positions, request.Prompt.Length + limit);
            largest = Math.Max(largest, DecodeSlot.CacheLength(model.Config, request));
        }

        model.Rotary.Reserve(positions);
        int lanes = Math.Max(1, Math.Min(_lanes.Length, requests.Count));
        int slots = (int)Math.Clamp(CacheFloats / largest / lanes, 1, Math.Min(MostSlots, (requests.Count + lanes - 1) / lanes));
        machine.Run(lanes, (lane, scratch) => _lanes[lane].Run(queue, slots, scratch, cancellationToken));
        return queue.Results;
    }
}
