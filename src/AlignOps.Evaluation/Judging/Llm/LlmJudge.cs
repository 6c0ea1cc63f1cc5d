using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Llm.Protocols;
using AlignOps.Evaluation.Suites;
using AlignOps.Inference.Calls;

namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>Compares answers, and where its protocol scores also scores them, by asking a language model. A call that gave no answer is unscored by the call's outcome.</summary>
internal sealed class LlmJudge : IJudge
{
    private readonly IProtocol _protocol;
    private readonly Interview _interview;

    /// <param name="occasion">Answers are kept under the judge's digest; with an occasion, under both: asked afresh, word for word the same.</param>
    public LlmJudge(JudgeSection section, InferenceClient client, string occasion = "")
    {
        (Name, Digest, _protocol) = (section.Name, DigestOf(section), ProtocolOf.Judge(section));
        _interview = new Interview(section, Digest, client, occasion);
        Scorer = _protocol is ScoringProtocol scoring ? new ProtocolScorer(scoring, _interview) : null;
    }

    public string Name { get; }

    public string Digest { get; }

    public IAnswerScorer? Scorer { get; }

    /// <summary>All that decides about a verdict, as JSON. Where the key is and how fast one may ask does not.</summary>
    public static string Identity(JudgeSection section) => JsonSerializer.Serialize(new
    {
        kind = section.Kind.ToString(),
        provider = section.Provider.ToString(),
        url = section.Endpoint.Address,
        section.Model,
        section.Temperature,
        section.MaxTokens,
        protocol = ProtocolOf.Judge(section).Identity,
    });

    public static string DigestOf(JudgeSection section) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Identity(section))));

    public Task<JudgeVerdict> CompareAsync(SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken) =>
        _protocol.CompareAsync(_interview, item, first, second, cancellationToken);

    private sealed class ProtocolScorer(ScoringProtocol protocol, Interview interview) : IAnswerScorer
    {
        public (double Lowest, double Highest)? Scale => protocol.Scale;

        public Task<AnswerScore> ScoreAsync(SuiteItem item, JudgedAnswer answer, CancellationToken cancellationToken) => protocol.ScoreAsync(interview, item, answer, cancellationToken);
    }
}
