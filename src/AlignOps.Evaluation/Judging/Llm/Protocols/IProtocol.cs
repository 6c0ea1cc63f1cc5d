using AlignOps.Evaluation.Suites;

namespace AlignOps.Evaluation.Judging.Llm.Protocols;

/// <summary>A way of asking a language model which of two answers is better, and of reading what it says.</summary>
internal interface IProtocol
{
    /// <summary>All of it that decides about verdicts: texts, options, versions of parsers. It becomes JSON in the judge's identity.</summary>
    object Identity { get; }

    Task<JudgeVerdict> CompareAsync(Interview interview, SuiteItem item, JudgedAnswer first, JudgedAnswer second, CancellationToken cancellationToken);
}
