using System.Globalization;
using System.Text;
using AlignOps.Data;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Tests.Serving;

/// <summary>A policy for tests of the queue and the switch: it answers its own version, fails two callers at once, and refuses work after its end.</summary>
internal sealed class CountingPolicy(int version) : IPolicyModel
{
    private int _callers;

    public PolicyConfig Config { get; } = new()
    {
        VocabSize = 256, HiddenSize = 1, IntermediateSize = 1, LayerCount = 1, HeadCount = 1, KeyValueHeadCount = 1, HeadDim = 1, MaxPositions = 64,
    };

    public int LargestBatch { get; private set; }

    public int Calls { get; private set; }

    public bool Disposed { get; private set; }

    /// <summary>Holds every call until it is set.</summary>
    public ManualResetEventSlim Gate { get; } = new(true);

    public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences) => throw new NotSupportedException();

    public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(Disposed, this);
        if (Interlocked.Increment(ref _callers) != 1)
        {
            throw new InvalidOperationException("Two callers at once.");
        }

        try
        {
            Gate.Wait(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _callers);
        }

        Calls++;
        LargestBatch = Math.Max(LargestBatch, requests.Count);
        foreach (var request in requests)
        {
            request.Listener?.Hear(new DrawnToken(version, -0.5f, []));
        }

        return [.. requests.Select(_ => new GenerationResult([version], [-0.5f], FinishReason.Stop))];
    }

    public void Dispose() => Disposed = true;

    /// <summary>One token a character, and an answer is its number.</summary>
    internal sealed class Tokenizer : ITokenizer
    {
        public int VocabularySize => 256;

        public int[] Encode(string text) => [.. text.Select(letter => letter & 0xff)];

        public string Decode(ReadOnlySpan<int> tokens) => string.Join(' ', tokens.ToArray().Select(token => token.ToString(CultureInfo.InvariantCulture)));

        public ReadOnlySpan<byte> Bytes(int token) => Encoding.UTF8.GetBytes(token.ToString(CultureInfo.InvariantCulture));

        public int[] EncodePrompt(IReadOnlyList<ChatMessage> messages) => [.. messages.SelectMany(message => Encode(message.Content))];

        public int[] EncodeAnswer(string answer) => Encode(answer);
    }
}
