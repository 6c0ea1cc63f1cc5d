using AlignOps.Data.Feedback;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;
using AlignOps.Models.Tokenization;
using AlignOps.Rewards;
using AlignOps.Synthesis.Definitions;

namespace AlignOps.Synthesis.Sampling;

/// <summary>
/// Samples answers of a policy and ranks them by a verifier, the step that RRHF's paper takes to get candidates. Each answer draws from a stream of its own,
/// so that the rows do not depend on how the work is cut up.
/// </summary>
/// <param name="source">Who wrote the answers, for the rows.</param>
internal sealed class RankedSampler(IPolicyModel policy, ITokenizer tokenizer, IVerifier verifier, SynthesisSection section, string source)
{
    /// <summary>Prompts that go through the engine together.</summary>
    private const int PromptsAtOnce = 16;

    /// <param name="progress">Told the prompts answered so far.</param>
    public async Task<(IReadOnlyList<FeedbackRow> Rows, SamplingTally Tally)> RunAsync(
        IReadOnlyList<SampledPrompt> prompts, Func<int, Task> progress, CancellationToken cancellationToken)
    {
        List<FeedbackRow> rows = [];
        (SampledPrompt Prompt, int[] Tokens)[] fitting =
        [
            .. prompts.Select(p => (Prompt: p, Tokens: tokenizer.EncodePrompt(p.Parent.Prompt))).Where(p => p.Tokens.Length < policy.Config.MaxPositions),
        ];
        SamplingTally tally = SamplingTally.Nothing with { TooLong = prompts.Count - fitting.Length };
        foreach ((SampledPrompt Prompt, int[] Tokens)[] part in fitting.Chunk(PromptsAtOnce))
        {
            IReadOnlyList<GenerationResult> results = policy.Generate([.. part.SelectMany(p => Requests(p.Prompt, p.Tokens))], cancellationToken);
            for (int i = 0; i < part.Length; i++)
            {
                (FeedbackRow? row, tally) = Rank(part[i].Prompt.Parent, [.. results.Skip(i * section.Samples).Take(section.Samples)], tally);
                if (row is not null)
                {
                    rows.Add(row);
                }
            }

            await progress(tally.Prompts);
        }

        return ([.. rows.OrderBy(r => r.Id, StringComparer.Ordinal)], tally);
    }

    private IEnumerable<GenerationRequest> Requests(SampledPrompt prompt, int[] tokens) =>
        Enumerable.Range(0, section.Samples).Select(sample => new GenerationRequest(
            tokens, section.MaxNewTokens, section.Temperature, section.TopP, RandomStream.Derive(prompt.Lot, sample)));

    private (FeedbackRow? Row, SamplingTally Tally) Rank(FeedbackRow parent, GenerationResult[] results, SamplingTally tally)
    {
        string[] whole = [.. results.Where(r => r.FinishReason == FinishReason.Stop).Select(r => tokenizer.Decode(r.Tokens))];
        string[] distinct = [.. whole.Distinct(StringComparer.Ordinal)];
        Candidate[] scored =
        [
            .. distinct.Select(text => new Candidate(text, verifier.Verify(parent.Prompt, text).Score, Source: source)).Where(c => c.Score is not null),
        ];
        bool level = scored.Select(c => c.Score).Distinct().Count() < 2;
        tally = tally with
        {
            Prompts = tally.Prompts + 1,
            Samples = tally.Samples + results.Length,
            Cut = tally.Cut + results.Length - whole.Length,
            Unscored = tally.Unscored + distinct.Length - scored.Length,
            Repeated = tally.Repeated + whole.Length - distinct.Length,
            Level = tally.Level + (level ? 1 : 0),
        };
        var provenance = new Provenance(BatchId: "", Line: 0, "synthetic", SynthesisSection.Sampled, SyntheticDepth: 1, parent.Id);
        return (level ? null : new FeedbackRow(FeedbackKind.Ranking, parent.Prompt, scored, provenance), tally);
    }
}
