namespace AlignOps.Evaluation.Suites;

/// <summary>What is wrong with a suite file.</summary>
/// <param name="Line">1-based; 0 for the file as a whole.</param>
internal sealed record SuiteFault(int Line, string Sentence)
{
    public override string ToString() => Line == 0 ? Sentence : $"line {Line}: {Sentence}";
}
