namespace AlignOps.Evaluation.Judging;

/// <summary>A model's answer as a judge is shown it. A text alone converts to one.</summary>
/// <param name="Text">What it answered to the last turn of the question.</param>
/// <param name="Earlier">What it answered to the turns before, in their order; empty where the question has one turn.</param>
internal sealed record JudgedAnswer(string Text, IReadOnlyList<string> Earlier)
{
    /// <summary>Every answer, the last one last.</summary>
    public IEnumerable<string> All => [.. Earlier, Text];

    public static implicit operator JudgedAnswer(string text) => new(text, []);

    /// <summary>Word for word the same in every turn.</summary>
    public bool SameAs(JudgedAnswer other) => All.SequenceEqual(other.All, StringComparer.Ordinal);

    /// <summary>As it stood after so many turns of the question.</summary>
    /// <param name="turns">1 or more.</param>
    public JudgedAnswer After(int turns) => new(All.ElementAt(turns - 1), [.. All.Take(turns - 1)]);
}
