using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Torch.Passes;
using AlignOps.Models.Torch.Weights;

namespace AlignOps.Models.Torch.Generation;

/// <summary>Cuts a call's requests into batches of like length whose keys and values have room on the device.</summary>
internal sealed class BatchedGenerator(WeightStore weights)
{
    private const int MostSequences = 128;

    private PolicyConfig Config => weights.Config;

    public IReadOnlyList<GenerationResult> Run(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken)
    {
        foreach (GenerationRequest request in requests)
        {
            PolicyInput.Check(request, Config);
        }

        var results = new GenerationResult[requests.Count];
        Array.Fill(results, new GenerationResult([], [], FinishReason.Length));
        int[] order = [.. Enumerable.Range(0, requests.Count).Where(i => PolicyInput.Limit(requests[i], Config) > 0).OrderByDescending(i => Length(requests[i]))];
        if (order.Length == 0)
        {
            return results;
        }

        weights.Rotary.Reserve(Length(requests[order[0]]));
        Decoder decoder = weights.Open(gradient: false);
        for (int first = 0, count; first < order.Length; first += count)
        {
            count = Math.Min(Room(Length(requests[order[first]])), order.Length - first);
            Continuation[] continuations = [.. order[first..(first + count)].Select(i => new Continuation(requests[i], Config))];
            new GenerationBatch(decoder, weights, continuations).Run(cancellationToken);
            for (int i = 0; i < count; i++)
            {
                results[order[first + i]] = continuations[i].Result!;
            }
        }

        return results;
    }

    private int Length(GenerationRequest request) => request.Prompt.Length + PolicyInput.Limit(request, Config);

    /// <summary>Sequences of that length whose cache fits.</summary>
    private int Room(int length)
    {
        long bytes = 2L * Config.LayerCount * Config.KeyValueHeadCount * Config.HeadDim * length * weights.Placement.DtypeSize;
        return (int)Math.Clamp(weights.Placement.CacheBytes / bytes, 1, MostSequences);
    }
}
