using System.Text;
using AlignOps.Data;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Tests.Serving;

/// <summary>A policy that always says the same, a given piece a token, so that a test knows every byte of an answer.</summary>
internal sealed class ScriptedPolicy(params string[] pieces) : IPolicyModel
{
    private readonly TaskCompletionSource _cutShort = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public PolicyConfig Config { get; } = new()
    {
        VocabSize = 256, HiddenSize = 1, IntermediateSize = 1, LayerCount = 1, HeadCount = 1, KeyValueHeadCount = 1, HeadDim = 1, MaxPositions = 4096,
    };

    /// <summary>Null: no waiting. Otherwise every token that somebody hears waits for one release.</summary>
    public SemaphoreSlim? Pace { get; init; }

    /// <summary>The engine breaks after so many tokens.</summary>
    public int? BreaksAfter { get; init; }

    /// <summary>Completes when a listener wanted no more, or the call was canceled.</summary>
    public Task CutShort => _cutShort.Task;

    public ITokenizer Tokenizer => new Words(pieces);

    public IReadOnlyList<float[]> Score(IReadOnlyList<TokenSequence> sequences) => throw new NotSupportedException();

    public IReadOnlyList<GenerationResult> Generate(IReadOnlyList<GenerationRequest> requests, CancellationToken cancellationToken = default) =>
        [.. requests.Select(request => Answer(request, cancellationToken))];

    public void Dispose()
    {
    }

    private GenerationResult Answer(GenerationRequest request, CancellationToken cancellationToken)
    {
        using var canceled = cancellationToken.Register(() => _cutShort.TrySetResult());
        var length = Math.Min(pieces.Length, request.MaxNewTokens);
        for (var token = 0; token < length; token++)
        {
            (request.Listener is null ? null : Pace)?.Wait(cancellationToken);
            if (token == BreaksAfter)
            {
                throw new InvalidOperationException("The engine broke.");
            }

            TokenChance[] likeliest = [.. Enumerable.Range(0, request.LikeliestTokens).Select(place => new TokenChance((token + place) % pieces.Length, -0.25f * (place + 1)))];
            if (request.Listener?.Hear(new DrawnToken(token, -0.25f, likeliest)) == false)
            {
                _cutShort.TrySetResult();
                return new GenerationResult([.. Enumerable.Range(0, token + 1)], new float[token + 1], FinishReason.Stop);
            }
        }

        return new GenerationResult([.. Enumerable.Range(0, length)], new float[length], length < pieces.Length ? FinishReason.Length : FinishReason.Stop);
    }

    private sealed class Words(string[] pieces) : ITokenizer
    {
        public int VocabularySize => pieces.Length;

        public int[] Encode(string text) => [.. text.Select(_ => 0)];

        public string Decode(ReadOnlySpan<int> tokens) => string.Concat(tokens.ToArray().Select(token => pieces[token]));

        public ReadOnlySpan<byte> Bytes(int token) => Encoding.UTF8.GetBytes(pieces[token]);

        public int[] EncodePrompt(IReadOnlyList<ChatMessage> messages) => [.. messages.SelectMany(message => Encode(message.Content))];

        public int[] EncodeAnswer(string answer) => Encode(answer);
    }
}
