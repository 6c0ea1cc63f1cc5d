using System.Runtime.ExceptionServices;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Torch.Passes;
using AlignOps.Models.Torch.Weights;
using TorchSharp;

namespace AlignOps.Models.Torch.Generation;

/// <summary>Continues some requests together: equal prompts run once, then one token of every sequence a step. Each sequence stands at its own position.</summary>
internal sealed class GenerationBatch(Decoder decoder, WeightStore weights, IReadOnlyList<Continuation> continuations)
{
    private readonly KeyValueCache _cache = new(
        weights.Config.LayerCount, continuations.Max(one => one.Request.Prompt.Length + PolicyInput.Limit(one.Request, weights.Config)));

    /// <summary>The sequences in the cache. A finished one stays until half of them are.</summary>
    private List<Continuation> _lanes = [.. continuations];

    private Placement Placement => weights.Placement;

    public void Run(CancellationToken cancellationToken)
    {
        try
        {
            cancellationToken.ThrowIfCancellationRequested();
            Begin();
            while (_lanes.Any(lane => lane.Result is null))
            {
                cancellationToken.ThrowIfCancellationRequested();
                Shrink();
                Step();
            }
        }
        finally
        {
            _cache.Free();
        }
    }

    private void Begin()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        List<int[]> prompts = [];
        var promptOf = new long[_lanes.Count];
        foreach ((int lane, Continuation continuation) in _lanes.Index())
        {
            int known = prompts.FindIndex(prompt => prompt.AsSpan().SequenceEqual(continuation.Request.Prompt));
            promptOf[lane] = known >= 0 ? known : prompts.Count;
            if (known < 0)
            {
                prompts.Add(continuation.Request.Prompt);
            }
        }

        int width = prompts.Max(prompt => prompt.Length);
        long[] tokens = [.. prompts.SelectMany(prompt => prompt.Select(token => (long)token).Concat(Enumerable.Repeat(0L, width - prompt.Length)))];
        torch.Tensor lanes = Placement.Place(promptOf, promptOf.Length);
        Attend causal = Attention.Causal(weights.Config);
        torch.Tensor hidden = decoder.Forward(Placement.Place(tokens, prompts.Count, width), decoder.Rotary.First(width), (layer, queries, keys, values) =>
        {
            _cache.Begin(layer, keys, values, lanes);
            return causal(layer, queries, keys, values);
        });
        long[] ends = [.. promptOf.Select(prompt => (prompt * width) + prompts[(int)prompt].Length - 1)];
        Draw(hidden.view(-1, hidden.shape[2]).index_select(0, Placement.Place(ends, ends.Length)));
    }

    private void Step()
    {
        using DisposeScope scope = torch.NewDisposeScope();
        int count = _lanes.Count;
        long[] last = [.. _lanes.Select(lane => lane.Tokens.IsEmpty ? 0L : lane.Tokens[^1])];
        long[] at = [.. _lanes.Select(lane => (long)lane.Request.Prompt.Length + Math.Max(0, lane.Tokens.Length - 1))];
        int longest = (int)at.Max() + 1;
        torch.Tensor positions = Placement.Place(at, count);
        torch.Tensor places = positions.view(count, 1, 1, 1);
        torch.Tensor known = Placement.Place([.. Enumerable.Range(0, longest).Select(position => (long)position)], 1, 1, 1, longest);
        torch.Tensor before = known.le(places);
        torch.Tensor near = weights.Config.SlidingWindow is { } window && longest > window
            ? before.logical_and(known.gt(Placement.Place([.. at.Select(position => position - window)], count, 1, 1, 1)))
            : before;
        torch.Tensor hidden = decoder.Forward(Placement.Place(last, count, 1), decoder.Rotary.At(positions), (layer, queries, keys, values) =>
        {
            _cache.Append(layer, keys, values, places);
            (torch.Tensor keptKeys, torch.Tensor keptValues) = _cache.First(layer, longest);

            // The queries that share a key-value head stand as its rows, so that nothing is repeated.
            torch.Tensor seen = weights.Config.Window(layer) == int.MaxValue ? before : near;
            torch.Tensor grouped = queries.reshape(count, keys.shape[1], -1, keys.shape[3]);
            return torch.nn.functional.scaled_dot_product_attention(grouped, keptKeys, keptValues, attn_mask: seen).reshape(queries.shape);
        });
        Draw(hidden.squeeze(1));
    }

    /// <summary>Draws the next token of every unfinished sequence from the residual stream at its end [sequences, hidden].</summary>
    private void Draw(torch.Tensor hidden)
    {
        torch.Tensor logits = torch.nn.functional.linear(decoder.Norm(hidden), decoder.Head).to(torch.ScalarType.Float32);
        int vocabulary = weights.Config.VocabSize;
        float[] rows = new float[_lanes.Count * vocabulary], sums = new float[_lanes.Count];
        HostCopy.To(logits, rows);
        HostCopy.To(logits.logsumexp(-1), sums);
        try
        {
            Parallel.For(0, _lanes.Count, lane =>
            {
                if (_lanes[lane].Result is null)
                {
                    _lanes[lane].Draw(rows.AsSpan(lane * vocabulary, vocabulary), sums[lane]);
                }
            });
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
    }

    private void Shrink()
    {
        int[] open = [.. Enumerable.Range(0, _lanes.Count).Where(lane => _lanes[lane].Result is null)];
        if (2 * open.Length <= _lanes.Count)
        {
            using DisposeScope scope = torch.NewDisposeScope();
            _cache.Select(Placement.Place([.. open.Select(lane => (long)lane)], open.Length));
            _lanes = [.. open.Select(lane => _lanes[lane])];
        }
    }
}
