using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>Keys and values of <see cref="PageLayout.Positions"/> tokens of one or more requests, in all layers.</summary>
internal sealed unsafe class Page(PageLayout layout)
{
    private readonly AlignedBuffer _room = new(layout.Floats);

    /// <summary>Requests that read it.</summary>
    public int Users { get; set; }

    /// <summary>What it is found by; null where its tokens are not a whole page of a prompt, or stand in another page already.</summary>
    public PageKey? Key { get; set; }

    /// <summary>The step under way, or an earlier one, writes its last position: others may read it in that step's attention.</summary>
    public bool Planned { get; set; }

    /// <summary>Every position is written.</summary>
    public bool Filled { get; set; }

    public float* Pointer => _room.Pointer;

    public void CopyFrom(Page other) => other._room.Span.CopyTo(_room.Span);
}
