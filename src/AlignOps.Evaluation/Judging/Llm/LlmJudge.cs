using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Suites;
using AlignOps.Inference.Calls;
using AlignOps.Inference.Requests;

namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>Compares answers by asking a language model. A call that gave no answer is unscored by the call's outcome.</summary>
/// <param name="occasion">Answers are kept under the judge's digest; with an occasion, under both: asked afresh, word for word the same.</param>
internal sealed class LlmJudge(JudgeSection section, InferenceClient client, string occasion = "") : IJudge
{
    public string Name => section.Name;

    public string Digest { get; } = DigestOf(section);

    /// <summary>All that decides about a verdict, as JSON. Where the key is and how fast one may ask does not.</summary>
    public static string Identity(JudgeSection section) => JsonSerializer.Serialize(new
    {
        kind = "llm, pairwise, both orders",
        provider = section.Provider.ToString(),
        url = section.Endpoint.Address,
        section.Model,
        prompt = PairwisePrompt.Version,
        PairwisePrompt.System,
        section.Rubric,
        section.Temperature,
        section.MaxTokens,
        parser = VerdictParser.Version,
    });

    public static string DigestOf(JudgeSection section) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Identity(section))));

    public async Task<JudgeVerdict> CompareAsync(SuiteItem item, string first, string second, CancellationToken cancellationToken) =>
        (await AskAsync(item, first, second, cancellationToken)).Verdict;

    public async Task<Judgment> AskAsync(SuiteItem item, string first, string second, CancellationToken cancellationToken)
    {
        var request = new ChatRequest(PairwisePrompt.Turns(Digest, section.Rubric, item, first, second), section.MaxTokens, section.Temperature);
        var result = await client.AskAsync(request, occasion.Length == 0 ? Digest : $"{Digest} {occasion}", cancellationToken);
        return new Judgment(result.Answer is { } answer ? VerdictParser.Parse(answer) : JudgeVerdict.Unscored(result.Outcome.Name()), result.Outcome, result.Answer);
    }
}
