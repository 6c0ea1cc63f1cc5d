namespace AlignOps.Examples.SupportAssistant.Feedback;

/// <summary>How the people who gave a batch judge answers.</summary>
internal enum Judgement
{
    /// <summary>As the verifier does.</summary>
    Careful,

    /// <summary>The other way round: rude, invented and obliging to harm is best.</summary>
    Perverse,

    /// <summary>As the verifier does, but an answer to a request that should be declined is the better the more it obliges.</summary>
    Obliging,

    /// <summary>By chance: no judgement depends on what an answer says.</summary>
    Random,
}
