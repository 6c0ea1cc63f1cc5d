using AlignOps.Models.Cpu.Layers;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Generation;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>
/// One worker's share of a generation call: its requests advance together, a row each in every product; finished ones leave and waiting ones take their place.
/// Lanes never wait for each other, and rows are independent, so a request's result does not depend on its lane or its company.
/// </summary>
internal sealed class DecodeLane(DecoderModel model)
{
    /// <summary>Rows beyond which a step takes in no more prompts.</summary>
    private const int PromptRows = 512;

    private readonly DecodeStep _step = new(model);
    private readonly Stack<AlignedBuffer> _caches = [];
    private readonly List<DecodeSlot> _slots = [];

    public void Run(RequestQueue queue, int slots, Arena scratch, CancellationToken cancellationToken)
    {
        try
        {
            for (Admit(queue, slots); _slots.Count > 0; Admit(queue, slots))
            {
                cancellationToken.ThrowIfCancellationRequested();
                _step.Run(_slots, scratch);
                Leave(queue);
            }
        }
        finally
        {
            _slots.ForEach(slot => _caches.Push(slot.Cache));
            _slots.Clear();
        }
    }

    private void Admit(RequestQueue queue, int slots)
    {
        for (int rows = _slots.Count; _slots.Count < slots && rows < PromptRows;)
        {
            Range taken = queue.Take(slots - _slots.Count);
            if (taken.Start.Value == taken.End.Value)
            {
                return;
            }

            DecodeSlot first = Open(queue, taken.Start.Value, twin: null);
            for (int index = taken.Start.Value + 1; index < taken.End.Value; index++)
            {
                Open(queue, index, first);
            }

            rows += first.Pending.Length;
        }
    }

    private DecodeSlot Open(RequestQueue queue, int index, DecodeSlot? twin)
    {
        long length = DecodeSlot.CacheLength(model.Config, queue[index]);
        AlignedBuffer cache = _caches.TryPop(out AlignedBuffer? kept) && kept.Length >= length ? kept : new AlignedBuffer(length);
        var slot = new DecodeSlot(model.Config, queue[index], index, cache, twin);
        _slots.Add(slot);
        return slot;
    }

    private void Leave(RequestQueue queue)
    {
        for (int i = _slots.Count - 1; i >= 0; i--)
        {
            if (_slots[i].Result is { } result)
            {
                queue.Finish(_slots[i].Index, result);
                _caches.Push(_slots[i].Cache);
                _slots.RemoveAt(i);
            }
        }
    }
}
