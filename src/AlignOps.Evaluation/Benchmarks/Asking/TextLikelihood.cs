using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Evaluation.Benchmarks.Asking;

/// <summary>
/// Log-likelihoods of texts under a policy, tokenised as lm-evaluation-harness does: context and continuation are encoded together and parted where the context's
/// own encoding ends, spaces at the context's end going with the continuation.
/// </summary>
internal sealed class TextLikelihood(IPolicyModel model, ITokenizer tokenizer, bool beginOfText)
{
    private const int TokensAtOnce = 4096;

    /// <summary>Stands before a text that has no context, so that its first token has something before it.</summary>
    private readonly int _prefix = model.Config.BosTokenId ?? model.Config.EosTokenIds.FirstOrDefault();

    private int[] Begin => beginOfText ? [_prefix] : [];

    /// <summary>The request for a continuation of a context; null where the continuation has no tokens.</summary>
    public LikelihoodRequest? Encode(string context, string continuation)
    {
        var spaces = context.Length - context.TrimEnd().Length;
        (context, continuation) = (context[..^spaces], context[^spaces..] + continuation);
        int[] before = tokenizer.Encode(context), all = tokenizer.Encode(context + continuation);
        return before.Length >= all.Length ? null : new LikelihoodRequest(context.Length == 0 && !beginOfText ? [_prefix] : [.. Begin, .. before], all[before.Length..]);
    }

    /// <summary>Requests for the windows of a text that together score each of its tokens once. Each starts behind the one before; the last sees as much as the positions hold.</summary>
    public IReadOnlyList<LikelihoodRequest> Windows(string text)
    {
        int[] tokens = tokenizer.Encode(text);
        var most = model.Config.MaxPositions - 1;
        List<LikelihoodRequest> windows = [];
        for (var at = 0; at < tokens.Length; at += most)
        {
            var end = Math.Min(at + most, tokens.Length);
            windows.Add(new LikelihoodRequest(at == 0 ? [_prefix] : tokens[(end - most - 1)..at], tokens[at..end]));
        }

        return windows;
    }

    /// <summary>Runs the requests, some at a time. A continuation longer than the model's positions has no likelihood and gives NaN.</summary>
    public IReadOnlyList<Likelihood> Run(IReadOnlyList<LikelihoodRequest> requests, CancellationToken cancellationToken)
    {
        var results = new Likelihood[requests.Count];
        List<(int At, TokenSequence Sequence, bool Truncated)> batch = [];
        var tokens = 0;
        for (var i = 0; i < requests.Count; i++)
        {
            var room = model.Config.MaxPositions - requests[i].Continuation.Length;
            if (room < 1)
            {
                results[i] = new Likelihood(double.NaN, Truncated: true);
                continue;
            }

            var context = requests[i].Context.Length > room ? requests[i].Context[^room..] : requests[i].Context;
            if (batch.Count > 0 && tokens + context.Length + requests[i].Continuation.Length > TokensAtOnce)
            {
                Score(batch, results, cancellationToken);
                tokens = 0;
            }

            tokens += context.Length + requests[i].Continuation.Length;
            batch.Add((i, TokenSequence.PromptAnswer(context, requests[i].Continuation), context.Length < requests[i].Context.Length));
        }

        Score(batch, results, cancellationToken);
        return results;
    }

    private void Score(List<(int At, TokenSequence Sequence, bool Truncated)> batch, Likelihood[] results, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var scores = model.Score([.. batch.Select(one => one.Sequence)]);
        foreach (var ((at, _, truncated), logs) in batch.Zip(scores))
        {
            results[at] = new Likelihood(logs.Sum(log => (double)log), truncated);
        }

        batch.Clear();
    }
}
