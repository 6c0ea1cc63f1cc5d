namespace AlignOps.Training.Objectives.Preference;

/// <summary>How the likelihood of a pair's chosen answer is counted where a method imitates it, too.</summary>
public enum Imitation
{
    /// <summary>−s_w/T_w.</summary>
    PerToken,

    /// <summary>−s_w.</summary>
    Sum,

    /// <summary>The mean over prompt and answer, the first token of the prompt aside, which nothing predicts.</summary>
    PerTokenWithPrompt,
}
