using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Llm.Reading;
using AlignOps.Inference.Calls;
using AlignOps.Inference.Requests;

namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>Asks a judge's model. A call that gave no answer is unscored by the call's outcome, so that every question ends by name.</summary>
internal sealed class Interview(JudgeSection section, string digest, InferenceClient client, string occasion)
{
    /// <summary>The asking judge's; codes and kept answers are its own.</summary>
    public string Digest => digest;

    /// <summary>Asks for words, in the judge's own length and temperature.</summary>
    public Task<(Found<T> Found, JudgeCall Call)> AskAsync<T>(string about, IReadOnlyList<ChatTurn> turns, Func<string, Found<T>> read, CancellationToken cancellationToken, long? seed = null) =>
        AskAsync(about, new ChatRequest(turns, section.MaxTokens, section.Temperature, seed), answer => Spoken.Read(answer, read), cancellationToken);

    /// <summary>Asks for a few tokens.</summary>
    /// <param name="read">Sees the answer whole, cut or not: so few tokens are cut by nature.</param>
    public Task<(Found<T> Found, JudgeCall Call)> AskShortlyAsync<T>(
        string about, IReadOnlyList<ChatTurn> turns, int mostTokens, int? topLogProbabilities, Func<ChatAnswer, Found<T>> read, CancellationToken cancellationToken, long? seed = null) =>
        AskAsync(
            about, new ChatRequest(turns, mostTokens, section.Temperature, seed, topLogProbabilities),
            answer => answer.Refusal is not null ? Found<T>.None(UnscoredReasons.Refused) : string.IsNullOrWhiteSpace(answer.Text) ? Found<T>.None(UnscoredReasons.Empty) : read(answer),
            cancellationToken);

    private async Task<(Found<T> Found, JudgeCall Call)> AskAsync<T>(string about, ChatRequest request, Func<ChatAnswer, Found<T>> read, CancellationToken cancellationToken)
    {
        var result = await client.AskAsync(request, occasion.Length == 0 ? digest : $"{digest} {occasion}", cancellationToken);
        var found = result.Answer is { } answer ? read(answer) : Found<T>.None(result.Outcome.Name());
        return (found, JudgeCall.Of(about, result, found.Unscored));
    }
}
