using AlignOps.Models.Generation;
using AlignOps.Models.Sampling;

namespace AlignOps.Host.ByHand;

/// <summary>How <c>alignops generate</c> continues its prompts.</summary>
/// <param name="Samples">Continuations of each prompt; each draws from a stream of its own.</param>
internal sealed record GenerationSettings(double Temperature, double TopP, int TopK, long Seed, int MaxTokens, int Samples)
{
    /// <summary>Everything that is wrong, in sentences.</summary>
    public IEnumerable<string> Faults()
    {
        if (!(Temperature >= 0) || !double.IsFinite(Temperature))
        {
            yield return "--temperature must be 0 (greedy) or more.";
        }

        if (!(TopP is > 0 and <= 1))
        {
            yield return "--top-p must be above 0 and at most 1.";
        }

        if (TopK < 0)
        {
            yield return "--top-k must be 0 (all) or more.";
        }

        if (MaxTokens < 1)
        {
            yield return "--max-tokens must be at least 1.";
        }

        if (Samples < 1)
        {
            yield return "--n must be at least 1.";
        }
        else if (Samples > 1 && Temperature == 0)
        {
            yield return "--n asks for several answers, which greedy decoding gives alike; set --temperature.";
        }
    }

    /// <param name="line">The row's: a row is drawn the same whichever others stand in the file.</param>
    public GenerationRequest Request(int[] prompt, int line, int sample) =>
        new(prompt, MaxTokens, Temperature, TopP, RandomStream.Derive(Seed, line, sample)) { TopK = TopK };
}
