namespace AlignOps.Evaluation.Definition;

/// <summary>The <c>evaluation</c> section of pipeline.yaml: which questions, and who judges the answers.</summary>
public sealed record EvaluationSection
{
    /// <summary>The verifier that judges, unless a suite names its own.</summary>
    public string Verifier { get; init; } = "";

    /// <summary>Sampling temperature of the answers. Greedy answers hide what sampling shows: how often a model does what it mostly does not.</summary>
    public double Temperature { get; init; } = 0.7;

    /// <summary>Share of probability that tokens are drawn from.</summary>
    public double TopP { get; init; } = 1;

    /// <summary>Longest answer, in tokens.</summary>
    public int MaxNewTokens { get; init; } = 64;

    /// <summary>
    /// Most pairs of the run's own held-out feedback (liked and disliked answers) that the models are compared on by their log-probabilities; 0: none.
    /// It needs no suite, and it cannot tell good feedback from bad: the feedback is the judge.
    /// </summary>
    public int HeldOutPairs { get; init; }

    /// <summary>The questions, by file.</summary>
    public IReadOnlyList<SuiteSection> Suites { get; init; } = [];

    /// <summary>What a model can do untrained, which every candidate should beat.</summary>
    public BaselineSection Baseline { get; init; } = new();

    /// <summary>What runs answers that are programs, for the verifier code; null: Python 3 of the machine under the usual limits.</summary>
    public CodeSection? Code { get; init; }

    /// <summary>The pipeline's own rules of what its model should do, one a line. Judges of kind principles hold answers to them unless they name others.</summary>
    public IReadOnlyList<string> Constitution { get; init; } = [];

    /// <summary>Judges that report beside the verifier, or decide in its place once they have qualified.</summary>
    public IReadOnlyList<JudgeSection> Judges
    {
        get => [.. field.Select(judge => judge.Panel is { } panel ? judge with { Panel = panel with { Judges = [.. panel.Members.SelectMany(name => field.Where(one => one.Name == name).Take(1)).Select(Bound)] } } : Bound(judge))];
        init;
    } = [];

    private JudgeSection Bound(JudgeSection judge) => judge is { Kind: JudgeKind.Principles, Principles.Count: 0 } ? judge with { Principles = Constitution } : judge;
}
