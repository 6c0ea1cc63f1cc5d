using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Passes;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>
/// Runs a call's requests together: each step takes all of them a token on, a row each in every product, and takes in waiting prompts piece by piece; finished requests leave and waiting ones enter.
/// Rows are independent and every element of a product is one chain of sums, so a request's result does not depend on its company, nor on the threads.
/// </summary>
internal sealed class Generator
{
    private const int MostSlots = 128;
    private const long CacheFloats = 1L << 28;

    private readonly DecoderModel _model;
    private readonly DecodeStep _step;
    private readonly List<DecodeSlot> _slots = [];

    /// <param name="mostPages">Pages of keys and values held at most, beside those of one request; null for a GiB of them.</param>
    public Generator(DecoderModel model, Machine machine, int? mostPages = null)
    {
        _model = model;
        var layout = new PageLayout(model.Config);
        Pages = new PagePool(layout, mostPages ?? (int)Math.Clamp(CacheFloats / layout.Floats, 1, int.MaxValue), keep: model.Trained.Count == 0);
        _step = new DecodeStep(model, machine, layout);
    }

    /// <summary>The memory of keys and values.</summary>
    public PagePool Pages { get; }

    /// <exception cref="ArgumentException">An empty prompt, a token id outside the vocabulary, or a prompt longer than the position limit.</exception>
    public IReadOnlyList<GenerationResult> Run(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken)
    {
        var queue = new RequestQueue(requests);
        int positions = 0;
        for (int index = 0; index < requests.Count; index++)
        {
            GenerationRequest request = requests[index];
            PolicyInput.Check(request, _model.Config);
            int limit = PolicyInput.Limit(request, _model.Config);
            positions = Math.Max(positions, request.Prompt.Length + limit);
            if (limit <= 0)
            {
                queue.Finish(index, new GenerationResult([], [], FinishReason.Length));
            }
        }

        _model.Rotary.Reserve(positions);
        try
        {
            for (Admit(queue); _slots.Count > 0; Admit(queue))
            {
                cancellationToken.ThrowIfCancellationRequested();
                _step.Run(_slots);
                Leave(queue);
            }
        }
        finally
        {
            _slots.ForEach(slot => slot.Close());
            _slots.Clear();
        }

        return queue.Results;
    }

    private void Admit(RequestQueue queue)
    {
        int reserved = _slots.Sum(slot => slot.Reserved);
        for (int index; _slots.Count < MostSlots && (index = queue.Next) >= 0;)
        {
            if (_slots.Count > 0 && !Pages.Fits(DecodeSlot.MostPages(queue[index], _model.Config), reserved))
            {
                return;
            }

            queue.Take();
            int[] prompt = queue[index].Prompt;
            DecodeSlot? twin = _slots.Find(slot => slot.IsInPrompt && slot.Prompt.AsSpan().SequenceEqual(prompt));
            _slots.Add(new DecodeSlot(_model.Config, queue[index], index, Pages, twin));
            reserved += _slots[^1].Reserved;
        }
    }

    private void Leave(RequestQueue queue)
    {
        // Twins first: they still read the pages of the one that ran their prompt.
        _slots.ForEach(slot => slot.Part());
        _slots.ForEach(slot => slot.Advance());
        _slots.RemoveAll(slot =>
        {
            if (slot.Result is not { } result)
            {
                return false;
            }

            queue.Finish(slot.Index, result);
            slot.Close();
            return true;
        });
    }
}
