using AlignOps.Data;

namespace AlignOps.Serving.Chat.Requests;

/// <summary>A chat request that has been read and checked; what it leaves open is null.</summary>
/// <param name="Pipeline">The model asked for, without its version.</param>
/// <param name="Version">Set where <c>pipeline@version</c> was asked for.</param>
internal sealed record ChatRequest(string Pipeline, int? Version, IReadOnlyList<ChatMessage> Messages)
{
    public double? Temperature { get; init; }

    /// <summary>Above 0: a nucleus of nothing asks for the likeliest token.</summary>
    public double? TopP { get; init; }

    public int? MaxTokens { get; init; }

    public long? Seed { get; init; }

    /// <summary>Answers to the same conversation: OpenAI's <c>n</c>.</summary>
    public int Choices { get; init; } = 1;

    /// <summary>Texts that end an answer and are no part of it.</summary>
    public IReadOnlyList<string> Stop { get; init; } = [];

    public bool LogProbabilities { get; init; }

    public int TopLogProbabilities { get; init; }

    public bool Stream { get; init; }

    /// <summary>Whether a last chunk tells the usage: <c>stream_options.include_usage</c>. Null without <c>stream_options</c>.</summary>
    public bool? StreamUsage { get; init; }

    /// <summary>The caller's own name for who asks.</summary>
    public string? User { get; init; }
}
