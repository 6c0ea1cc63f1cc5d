using AlignOps.Models.Policies;
using AlignOps.Models.Sampling;

namespace AlignOps.Training.Trainers;

/// <summary>
/// The noise of a training, LoRA dropout and NEFTune: its key is a function of (seed, step, example), so that a resumed training, another micro-batch size
/// and the second pass of a coupled loss all meet the same noise.
/// </summary>
/// <param name="dropout">The adapter drops out.</param>
/// <param name="recomputes">Passes keep no more than they must; no noise hangs on it.</param>
internal sealed class StepNoise(long seed, bool dropout, double neftuneAlpha, bool recomputes = false)
{
    // Parts these keys from the seeds of the epochs' orders.
    private const long Purpose = 0x6E6F697365;

    /// <summary>For a pass that measures: the policy as it is.</summary>
    public static readonly StepNoise None = new(0, dropout: false, neftuneAlpha: 0);

    private readonly bool _on = dropout || neftuneAlpha > 0;

    /// <summary>What a pass is asked that the objective sees.</summary>
    public PassOptions Scoring { get; } = new() { NeftuneAlpha = neftuneAlpha, Statistics = true, Recomputes = recomputes };

    /// <summary>What a pass is asked that only the gradient needs.</summary>
    public PassOptions Repeating { get; } = new() { NeftuneAlpha = neftuneAlpha, Recomputes = recomputes };

    /// <summary>The sequence with its noise; all sequences of an example have the same, so that they still share their prompt.</summary>
    /// <param name="step">0-based.</param>
    /// <param name="example">Index in the step.</param>
    public TokenSequence On(TokenSequence sequence, int step, int example) =>
        _on ? sequence with { Noise = RandomStream.Derive(seed, Purpose, step, example) } : sequence;
}
