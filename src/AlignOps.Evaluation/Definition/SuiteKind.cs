using System.Text.Json.Serialization;

namespace AlignOps.Evaluation.Definition;

/// <summary>How a suite's questions are put to a model.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SuiteKind>))]
public enum SuiteKind
{
    /// <summary>The model answers in its own words; a verifier scores or a judge compares.</summary>
    [JsonStringEnumMemberName("open")] Open,

    /// <summary>The likeliest of given answers, by log-likelihood.</summary>
    [JsonStringEnumMemberName("multiple-choice")] MultipleChoice,

    /// <summary>The model writes, greedily; right is what equals a target after extraction.</summary>
    [JsonStringEnumMemberName("exact-match")] ExactMatch,

    /// <summary>Which of two sentences that differ in whom they speak of is likelier.</summary>
    [JsonStringEnumMemberName("pair-likelihood")] PairLikelihood,

    /// <summary>How likely the model finds texts.</summary>
    [JsonStringEnumMemberName("perplexity")] Perplexity,

    /// <summary>Open answers, scored by how likely the untrained base finds them (GPTScore).</summary>
    [JsonStringEnumMemberName("gpt-score")] GptScore,

    /// <summary>Open answers, scored by how many of their claims expect.context supports (FActScore).</summary>
    [JsonStringEnumMemberName("fact-precision")] FactPrecision,

    /// <summary>Open answers, scored by how well expect.context supports each of their claims (AlignScore).</summary>
    [JsonStringEnumMemberName("consistency")] Consistency,

    /// <summary>Open answers, scored by whether they are free of what a lexicon lists, or by a verifier.</summary>
    [JsonStringEnumMemberName("toxicity")] Toxicity,

    /// <summary>What the model makes of the pipeline's constitution: agree, diagnose, dilemma by likelihood, act in its own words.</summary>
    [JsonStringEnumMemberName("values")] Values,
}
