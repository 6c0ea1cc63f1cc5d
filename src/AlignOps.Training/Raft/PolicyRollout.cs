using AlignOps.Data.Feedback;
using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;
using AlignOps.Models.Tokenization;
using AlignOps.Rewards;
using AlignOps.Training.Batching;
using AlignOps.Training.Definitions;

namespace AlignOps.Training.Raft;

/// <summary>
/// The online form: answers sampled from the policy as the round finds it, and rated. Each answer draws from its own seed, made of the training's, the round,
/// the prompt's place and the answer's, so that it does not depend on what is sampled with it.
/// </summary>
/// <param name="maxTokens">Of prompt and answer together.</param>
internal sealed class PolicyRollout(IPolicyModel policy, ITokenizer tokenizer, IReward reward, RaftSection section, int maxTokens, long seed) : IRollout
{
    private const int AtOnce = 64;

    public IReadOnlyList<SampledPrompt> Answer(IReadOnlyList<FeedbackRow> rows, int round, CancellationToken cancellationToken)
    {
        int[] end = tokenizer.EncodeAnswer("");
        (FeedbackRow Row, int[] Prompt)[] asked = [.. Draw(rows, round).Select(row => (row, tokenizer.EncodePrompt(row.Prompt))).Where(a => a.Item2.Length + end.Length < maxTokens)];
        GenerationRequest[] requests =
        [
            .. asked.SelectMany((a, p) => Enumerable.Range(0, section.Samples).Select(k => new GenerationRequest(
                a.Prompt,
                Math.Min(section.MaxNewTokens, maxTokens - end.Length - a.Prompt.Length),
                section.Temperature,
                section.TopP,
                RandomStream.Derive(RandomStream.Derive(RandomStream.Derive(seed, round), p), k)))),
        ];
        GenerationResult[] results = [.. requests.Chunk(AtOnce).SelectMany(part => policy.Generate(part, cancellationToken))];
        List<SampledPrompt> prompts = [];
        for (int p = 0; p < asked.Length; p++)
        {
            GenerationResult[] own = results[(p * section.Samples)..((p + 1) * section.Samples)];
            prompts.Add(new SampledPrompt(asked[p].Row.Id, asked[p].Prompt, Rated(asked[p].Row, own, end)));
        }

        return prompts;
    }

    /// <summary>The round's rows, each prompt once, in an order of the round's own.</summary>
    private FeedbackRow[] Draw(IReadOnlyList<FeedbackRow> rows, int round)
    {
        FeedbackRow[] distinct = [.. rows.DistinctBy(row => string.Join('\u0001', row.Prompt.SelectMany(m => new[] { m.Role, m.Content })))];
        IEnumerable<FeedbackRow> drawn = ExampleOrder.Of(RandomStream.Derive(seed, 7), round, distinct.Length).Select(i => distinct[i]);
        return [.. section.PromptsPerRound > 0 ? drawn.Take(section.PromptsPerRound) : drawn];
    }

    /// <summary>Answers that the filter discards are not rated: what a reward model makes of them is what is guarded against.</summary>
    private SampledAnswer[] Rated(FeedbackRow row, GenerationResult[] results, int[] end)
    {
        (string Text, int[] Tokens, string? Fault)[] answers =
        [
            .. results.Select(r =>
            {
                string text = tokenizer.Decode(r.Tokens);
                return (text, (int[])[.. r.Tokens, .. end], AnswerFilter.Fault(text, r.FinishReason == FinishReason.Stop));
            }),
        ];
        var rewards = new Queue<double?>(reward.Rate([.. answers.Where(a => a.Fault is null).Select(a => new RatedAnswer(row.Prompt, a.Text))]));
        return [.. answers.Select(a => new SampledAnswer(a.Text, a.Tokens, a.Fault is null ? rewards.Dequeue() : null, a.Fault))];
    }
}
