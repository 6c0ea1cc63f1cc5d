using AlignOps.Models.Generation;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Host.ByHand;

/// <summary>Prompts continued by a policy.</summary>
internal static class GeneratedRows
{
    /// <summary>Requests that the engine may batch; a request's tokens do not depend on its company.</summary>
    private const int RequestsAtOnce = 32;

    /// <summary>Row by row and sample by sample; the policy is in memory while they are taken.</summary>
    public static IEnumerable<GeneratedLine> Lines(
        IPolicyEngine engine, string model, string? adapter, IReadOnlyList<(TextRow Row, int[] Prompt)> rows, GenerationSettings settings, CancellationToken cancellationToken)
    {
        BpeTokenizer? tokenizer = Tokenizer.TryLoad(model).Tokenizer;
        using IPolicyModel policy = engine.Load(model, adapter);
        var asked = from row in rows from sample in Enumerable.Range(0, settings.Samples) select (row.Row, Sample: sample, Request: settings.Request(row.Prompt, row.Row.Line, sample));
        foreach (var chunk in asked.Chunk(RequestsAtOnce))
        {
            IReadOnlyList<GenerationResult> results = policy.Generate([.. chunk.Select(one => one.Request)], cancellationToken);
            foreach (var (one, result) in chunk.Zip(results))
            {
                yield return new GeneratedLine(one.Row, one.Sample, one.Request.Prompt.Length, result, tokenizer?.Decode(result.Tokens));
            }
        }
    }
}
