using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace AlignOps.Inference.Requests;

/// <summary>What a model is asked. The endpoint adds its model and address.</summary>
/// <param name="MaxOutputTokens">The model stops here, whatever it does; also the output half of what a call may cost.</param>
/// <param name="TopLogProbabilities">Ask for the log-probabilities of so many of the likeliest tokens at every place of the answer; null: for none.</param>
public sealed record ChatRequest(
    IReadOnlyList<ChatTurn> Turns,
    int MaxOutputTokens,
    double Temperature,
    long? Seed = null,
    int? TopLogProbabilities = null)
{
    /// <summary>What a provider's template may add around a message and around the whole.</summary>
    private const int TokensAroundATurn = 32, TokensAroundAll = 64;

    /// <summary>Never fewer input tokens than a byte-level tokenizer makes: each of its tokens covers a byte or more.</summary>
    public int InputTokenBound => TokensAroundAll + Turns.Sum(turn => TokensAroundATurn + Encoding.UTF8.GetByteCount(turn.Content));

    /// <summary>The request's name in a cache: lower-case hex SHA-256 of who is asked and what.</summary>
    /// <param name="identity">Digest of all else that decides about the answer: provider, model, prompt, parameters, parser.</param>
    public string Key(string identity) => Convert.ToHexStringLower(SHA256.HashData(TopLogProbabilities is { } top
        ? JsonSerializer.SerializeToUtf8Bytes(new { identity, Turns, MaxOutputTokens, Temperature, Seed, top })
        : JsonSerializer.SerializeToUtf8Bytes(new { identity, Turns, MaxOutputTokens, Temperature, Seed })));
}
