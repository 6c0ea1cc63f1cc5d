using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;

namespace AlignOps.Models.Cpu.Layers;

/// <summary>
/// Linear layers that read the same input, with their adapters: yᵢ = x·Wᵢᵀ + bᵢ + s·(x·Aᵢᵀ)·Bᵢᵀ (Hu et al. 2021). The Aᵢ stand side by side, so x meets them once.
/// </summary>
internal sealed unsafe class ProjectionGroup
{
    private readonly PackedMatrix? _down;
    private readonly PackedMatrix? _up;

    public ProjectionGroup(params LinearLayer[] members)
    {
        Members = members;
        IsTrained = members.Any(member => member.Trained is not null || member.Lora is not null);
        foreach (LoraPair pair in members.Select(m => m.Lora).OfType<LoraPair>())
        {
            AdapterWidth = pair.Slot + pair.Rank;
        }

        if (AdapterWidth > 0)
        {
            _down = new PackedMatrix(members[0].Inputs, AdapterWidth, narrow: true);
            _up = new PackedMatrix(AdapterWidth, members[0].Inputs);
        }
    }

    public LinearLayer[] Members { get; }

    /// <summary>Whether a member's weight or adapter is trained, so that the group's input is needed for its gradient.</summary>
    public bool IsTrained { get; }

    /// <summary>Columns of the shared product s·A·x; 0 where no member has an adapter.</summary>
    public int AdapterWidth { get; private set; }

    /// <summary>Where the next member's part may begin after one that ends at <paramref name="end"/>: a part never straddles strips that it could fit into.</summary>
    public static int NextSlot(int end, int rank)
    {
        int lane = end % PackedMatrix.Strip;
        return lane != 0 && lane + rank > PackedMatrix.Strip ? end - lane + PackedMatrix.Strip : end;
    }

    /// <summary>Packs what training may have changed.</summary>
    public void Pack()
    {
        foreach (LinearLayer member in Members)
        {
            if (member.Trained is { } weight)
            {
                member.Pack(weight);
            }

            if (member.Lora is { } pair)
            {
                pair.Pack();
                _down!.PackTransposed(pair.A.Value.Pointer, member.Inputs, pair.Rank, member.Inputs, atWidth: pair.Slot, scale: pair.Scaling);
                _up!.Pack(pair.A.Value.Pointer, member.Inputs, pair.Rank, member.Inputs, atDepth: pair.Slot);
            }
        }
    }

    /// <summary>y of each member for some rows; <paramref name="shared"/> receives s·A·x, for <see cref="Backward"/> and the gradients.</summary>
    /// <param name="toAdapters">x as the adapters read it.</param>
    public void Forward(Matrix x, ReadOnlySpan<Matrix> outputs, Matrix shared, Matrix toAdapters, bool add = false)
    {
        ToAdapters(toAdapters, shared);
        for (int i = 0; i < Members.Length; i++)
        {
            if (Members[i].Lora is { } pair)
            {
                Gemm.Multiply(x, Members[i].Forward, shared.Columns(pair.Slot, pair.Rank), pair.Forward, outputs[i], add);
            }
            else
            {
                Gemm.Multiply(x, Members[i].Forward, outputs[i], add);
            }

            if (Members[i].Bias is { } bias)
            {
                Bias.Add(bias.Value.Pointer, outputs[i]);
            }
        }
    }

    /// <summary>s·A·x of some rows, where the group has adapters.</summary>
    public void ToAdapters(Matrix x, Matrix shared)
    {
        if (_down is not null)
        {
            Gemm.Multiply(x, _down, shared);
        }
    }

    /// <summary>Some strips of one member's y, from its first strip on as <see cref="Forward(Matrix, ReadOnlySpan{Matrix}, Matrix, Matrix, bool)"/> has it; <paramref name="shared"/> holds s·A·x.</summary>
    public void Forward(int index, int firstStrip, int strips, Matrix x, Matrix y, Matrix shared, bool add)
    {
        LinearLayer member = Members[index];
        int column = firstStrip * PackedMatrix.Strip;
        Matrix part = y.Columns(column, Math.Min(strips * PackedMatrix.Strip, y.Width - column));
        Gemm.Multiply(x, member.Forward, firstStrip, strips, part, add);
        if (member.Lora is { } pair)
        {
            Gemm.Multiply(shared.Columns(pair.Slot, pair.Rank), pair.Forward, firstStrip, strips, part, add: true);
        }

        if (member.Bias is { } bias)
        {
            Bias.Add(bias.Value.Pointer + column, part);
        }
    }

    /// <summary>dx = Σ dyᵢ·(Wᵢ + s·BᵢAᵢ) for some rows, unless dx is empty; <paramref name="shared"/> receives s·dyᵢ·Bᵢ.</summary>
    /// <param name="fromAdapters">Receives the adapters' part of dx instead, where it is not empty.</param>
    public void Backward(ReadOnlySpan<Matrix> gradients, Matrix dx, Matrix shared, Matrix fromAdapters = default)
    {
        int written = 0;
        for (int i = 0; i < Members.Length; i++)
        {
            if (Members[i].Lora is { } pair)
            {
                int first = pair.Slot & -PackedMatrix.Strip;
                Gemm.Multiply(gradients[i], pair.Backward, shared.Columns(first, shared.Width - first), add: first < written);
                written = first + (pair.Backward.Strips * PackedMatrix.Strip);
            }
        }

        if (dx.IsEmpty)
        {
            return;
        }

        bool fused = _up is not null && fromAdapters.IsEmpty;
        for (int i = 0; i < Members.Length; i++)
        {
            if (fused && i == Members.Length - 1)
            {
                Gemm.Multiply(gradients[i], Members[i].Backward!, shared, _up!, dx, add: i > 0);
            }
            else
            {
                Gemm.Multiply(gradients[i], Members[i].Backward!, dx, add: i > 0);
            }
        }

        if (_up is not null && !fused)
        {
            Gemm.Multiply(shared, _up, fromAdapters);
        }
    }
}
