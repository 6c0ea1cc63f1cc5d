using AlignOps.Models.Cpu.Kernels;
using AlignOps.Models.Cpu.Memory;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;

namespace AlignOps.Models.Cpu.Generation;

/// <summary>
/// One request on its way, with the keys and values of every token so far. Keys stand as <see cref="AttentionKernel"/> reads them: panels of 32 positions, transposed.
/// </summary>
internal sealed unsafe class DecodeSlot(PolicyConfig config, GenerationRequest request, int index, AlignedBuffer cache, DecodeSlot? twin)
{
    private readonly int _capacity = Capacity(config, request);
    private readonly Continuation _continuation = new(request, config);
    private DecodeSlot? _twin = twin;

    /// <summary>Place of the request in the call.</summary>
    public int Index { get; } = index;

    public AlignedBuffer Cache { get; } = cache;

    /// <summary>Tokens whose keys and values are in the cache: the position of the first pending one.</summary>
    public int Cached { get; private set; }

    /// <summary>Tokens to run next: the whole prompt first, unless a twin with the same prompt runs it; then one at a time.</summary>
    public ReadOnlySpan<int> Pending => Cached > 0 ? _continuation.Tokens[^1..] : _twin is null ? request.Prompt : [];

    /// <summary>Floats from one position's value to the next.</summary>
    public int ValueStride { get; } = Matrix.Padded(config.HeadDim);

    /// <summary>Floats from one head's keys and values to the next one's.</summary>
    public nint HeadStride => (nint)_capacity * (config.HeadDim + ValueStride);

    /// <summary>Set when the answer is whole.</summary>
    public GenerationResult? Result => _continuation.Result;

    /// <summary>Floats of cache that a request can come to need.</summary>
    public static long CacheLength(PolicyConfig config, GenerationRequest request) =>
        (long)config.LayerCount * config.KeyValueHeadCount * Capacity(config, request) * (config.HeadDim + Matrix.Padded(config.HeadDim));

    public float* KeyPanels(int layer, int head) =>
        Cache.Pointer + ((((nint)layer * config.KeyValueHeadCount) + head) * HeadStride);

    public float* Values(int layer, int head) => KeyPanels(layer, head) + ((nint)_capacity * config.HeadDim);

    /// <summary>Adds a token's key and value of one head.</summary>
    public void Append(int layer, int head, int position, float* key, float* value)
    {
        float* column = KeyPanels(layer, head) + ((nint)(position & -Matrix.Lane) * config.HeadDim) + (position % Matrix.Lane);
        for (int i = 0; i < config.HeadDim; i++)
        {
            column[i * Matrix.Lane] = key[i];
        }

        new ReadOnlySpan<float>(value, config.HeadDim).CopyTo(new Span<float>(Values(layer, head) + ((nint)position * ValueStride), config.HeadDim));
    }

    /// <summary>Takes the logits after the pending tokens, or the twin's, and draws the next one.</summary>
    public void Draw(float* logits)
    {
        if (_twin is not null)
        {
            CopyPrompt(_twin);
            _twin = null;
        }

        Cached = Cached == 0 ? request.Prompt.Length : Cached + 1;
        _continuation.Draw(new ReadOnlySpan<float>(logits, config.VocabSize), RowSoftmax.LogSumExp(logits, config.VocabSize));
    }

    private static int Capacity(PolicyConfig config, GenerationRequest request) => Matrix.Padded(request.Prompt.Length + PolicyInput.Limit(request, config));

    private void CopyPrompt(DecodeSlot from)
    {
        int panels = Matrix.Padded(request.Prompt.Length) * config.HeadDim, values = request.Prompt.Length * ValueStride;
        for (int layer = 0; layer < config.LayerCount; layer++)
        {
            for (int head = 0; head < config.KeyValueHeadCount; head++)
            {
                new ReadOnlySpan<float>(from.KeyPanels(layer, head), panels).CopyTo(new Span<float>(KeyPanels(layer, head), panels));
                new ReadOnlySpan<float>(from.Values(layer, head), values).CopyTo(new Span<float>(Values(layer, head), values));
            }
        }
    }
}
