using AlignOps.Models.Generation;

namespace AlignOps.Host.ByHand;

/// <summary>One continuation of a row's prompt.</summary>
/// <param name="Text">Null where the checkpoint has no tokenizer.</param>
internal sealed record GeneratedLine(TextRow Row, int Sample, int PromptTokens, GenerationResult Result, string? Text)
{
    public string ToJson() => ScoredLine.Line(Row, json =>
    {
        json.WriteNumber("sample", Sample);
        json.WriteNumber("prompt_tokens", PromptTokens);
        json.Numbers("tokens", Result.Tokens);
        if (Text is not null)
        {
            json.WriteString("text", Text);
        }

        json.WriteString("finish_reason", Result.FinishReason == FinishReason.Stop ? "stop" : "length");
        json.Reals("log_probabilities", Result.LogProbabilities);
        json.Real("sum", Result.LogProbabilities.Sum(value => (double)value));
        json.WriteNumber("count", Result.LogProbabilities.Length);
    });
}
