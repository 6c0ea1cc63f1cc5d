using AlignOps.Evaluation.Answers;
using AlignOps.Models.Policies;
using AlignOps.Models.Tokenization;

namespace AlignOps.Evaluation.Suites.Kinds;

/// <summary>Puts a suite's questions to a model.</summary>
internal interface ISuiteAsking
{
    /// <summary>Everything but model, suite and engine that can change what is answered.</summary>
    string Decoding { get; }

    /// <param name="draws">Of one suite.</param>
    /// <param name="key">Gives every draw its seed.</param>
    /// <param name="report">Told the number of draws answered so far.</param>
    Task<IReadOnlyList<ModelAnswer>> AskAsync(IPolicyModel model, ITokenizer tokenizer, IReadOnlyList<Draw> draws, AnswerKey key, Func<int, Task> report, CancellationToken cancellationToken);
}
