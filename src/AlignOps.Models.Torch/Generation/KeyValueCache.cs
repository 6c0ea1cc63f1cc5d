using TorchSharp;

namespace AlignOps.Models.Torch.Generation;

/// <summary>Keys and values of every layer, [sequences, key-value heads, capacity, head dim], zero where nothing stands yet.</summary>
internal sealed class KeyValueCache(int layers, int capacity)
{
    private readonly torch.Tensor[] _keys = new torch.Tensor[layers];
    private readonly torch.Tensor[] _values = new torch.Tensor[layers];

    /// <summary>Takes a layer's keys and values of prompts; sequence i continues prompt <paramref name="prompts"/>[i].</summary>
    public void Begin(int layer, torch.Tensor keys, torch.Tensor values, torch.Tensor prompts)
    {
        _keys[layer] = Spread(keys);
        _values[layer] = Spread(values);

        torch.Tensor Spread(torch.Tensor x)
        {
            // Not left empty: what stands behind a sequence weighs nothing in attention, but nothing times NaN is NaN.
            torch.Tensor all = torch.zeros([prompts.shape[0], x.shape[1], capacity, x.shape[3]], x.dtype, x.device);
            all.narrow(2, 0, x.shape[2]).copy_(x.index_select(0, prompts));
            return all.DetachFromDisposeScope();
        }
    }

    /// <summary>Adds one token's keys and values [sequences, key-value heads, 1, head dim] to a layer.</summary>
    /// <param name="at">Each sequence's position, [sequences, 1, 1, 1].</param>
    public void Append(int layer, torch.Tensor keys, torch.Tensor values, torch.Tensor at)
    {
        torch.Tensor index = at.expand(keys.shape);
        _keys[layer].scatter_(2, index, keys);
        _values[layer].scatter_(2, index, values);
    }

    /// <summary>The first <paramref name="length"/> positions of a layer.</summary>
    public (torch.Tensor Keys, torch.Tensor Values) First(int layer, int length) => (_keys[layer].narrow(2, 0, length), _values[layer].narrow(2, 0, length));

    /// <summary>Keeps some sequences, in this order.</summary>
    public void Select(torch.Tensor sequences)
    {
        Replace(_keys);
        Replace(_values);

        void Replace(torch.Tensor[] tensors)
        {
            for (int layer = 0; layer < tensors.Length; layer++)
            {
                torch.Tensor kept = tensors[layer].index_select(0, sequences).DetachFromDisposeScope();
                tensors[layer].Dispose();
                tensors[layer] = kept;
            }
        }
    }

    public void Free()
    {
        foreach (torch.Tensor? tensor in _keys.Concat(_values))
        {
            tensor?.Dispose();
        }
    }
}
