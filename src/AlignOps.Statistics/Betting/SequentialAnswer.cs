namespace AlignOps.Statistics.Betting;

/// <summary>What a comparison says so far.</summary>
public enum SequentialAnswer
{
    /// <summary>Not yet: judge on.</summary>
    Open,

    /// <summary>Proven better; further judging cannot take it back.</summary>
    Better,

    /// <summary>Proven worse, likewise.</summary>
    Worse,

    /// <summary>Everything has been judged and nothing is proven.</summary>
    Inconclusive,
}
