namespace AlignOps.Evaluation.Definition;

/// <summary>How a judge of <c>evaluation.judges</c> comes to its verdicts.</summary>
public enum JudgeKind
{
    /// <summary>A language model compares two answers by a rubric (MT-Bench, arXiv 2306.05685).</summary>
    Pairwise,

    /// <summary>A language model rates each answer by itself from 1 to 10 (MT-Bench); the higher rating wins.</summary>
    Single,

    /// <summary>As one of these two, turn by turn, each turn in the light of those before (MT-Bench); the turns are averaged.</summary>
    MultiTurn,

    /// <summary>How likely a language model finds each of two one-letter verdicts (AlpacaEval's weighted preference): a share between 0 and 1.</summary>
    Soft,

    /// <summary>A language model fills in a form; every score counts with its probability (G-Eval, arXiv 2303.16634).</summary>
    Form,

    /// <summary>A language model rates each answer from 1 to 5 on the skills that the question takes (FLASK, arXiv 2307.10928).</summary>
    Skills,

    /// <summary>A language model compares two answers on accuracy, helpfulness and language, or on dimensions of one's own, each apart (arXiv 2307.03025).</summary>
    Dimensions,

    /// <summary>A language model says of each principle which answer keeps it better: helpful, honest, harmless, or the pipeline's constitution.</summary>
    Principles,

    /// <summary>A language model writes its evidence and then scores both answers, several times; all samples of both orders are averaged (FairEval, arXiv 2305.17926).</summary>
    Evidence,

    /// <summary>Several of the other judges, and a rule for what they say together.</summary>
    Panel,

    /// <summary>A reward model that was trained here; the higher reward wins.</summary>
    RewardModel,

    /// <summary>A verifier's score; the higher one wins.</summary>
    Verifier,
}
