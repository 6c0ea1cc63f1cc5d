namespace AlignOps.Inference.Calls;

/// <summary>How a call, or one attempt of it, ended. Every call ends in exactly one of these.</summary>
public enum CallOutcome
{
    /// <summary>An answer came; whether it is of use is for the asker to tell.</summary>
    Answered,

    /// <summary>Answered before: no call was made and nothing was spent.</summary>
    Cached,

    /// <summary>The model or its provider's filter would not answer.</summary>
    Refused,

    /// <summary>429 until patience ran out.</summary>
    RateLimited,

    /// <summary>5xx until patience ran out.</summary>
    ServerError,

    /// <summary>No whole response within the time.</summary>
    TimedOut,

    /// <summary>A response that went on past every answer's size.</summary>
    TooLarge,

    /// <summary>200, but no chat completion.</summary>
    Malformed,

    /// <summary>The endpoint will not take the request: no such model, not allowed, too long.</summary>
    Rejected,

    /// <summary>No connection, no name, no sign-in.</summary>
    Unreachable,

    /// <summary>What is left of the budget cannot pay for the call, so it was not made.</summary>
    OverBudget,

    /// <summary>Not asked, because the calls before failed one after another.</summary>
    EndpointDown,

    /// <summary>The asker went away.</summary>
    Abandoned,
}
