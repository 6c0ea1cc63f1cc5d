using System.Globalization;
using AlignOps.Evaluation.Answers;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Evaluation.Suites.Kinds;

/// <summary>The model answers conversations in its own words, sampled.</summary>
internal sealed class ChatAsking(double temperature, double topP, int maxNewTokens, int samples) : ISuiteAsking
{
    public string Decoding { get; } = string.Create(CultureInfo.InvariantCulture, $"chat 1\ntemperature {temperature}\ntop_p {topP}\nmax_new_tokens {maxNewTokens}\nsamples {samples}");

    public Task<IReadOnlyList<ModelAnswer>> AskAsync(IPolicyModel model, ITokenizer tokenizer, IReadOnlyList<Draw> draws, AnswerKey key, Func<int, Task> report, CancellationToken cancellationToken) =>
        new AnswerWriter(model, tokenizer).AnswerAsync(draws, key, report, cancellationToken);
}
