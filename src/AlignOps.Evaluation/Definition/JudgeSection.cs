using AlignOps.Contracts.Evidence;
using AlignOps.Inference.Endpoints;

namespace AlignOps.Evaluation.Definition;

/// <summary>One entry of <c>evaluation.judges</c>: a judge that reports beside the verifier, or decides in its place once it has qualified.</summary>
public sealed record JudgeSection
{
    /// <summary>How reports call the judge.</summary>
    public string Name { get; init; } = "";

    /// <summary>How it comes to its verdicts.</summary>
    public JudgeKind Kind { get; init; } = JudgeKind.Pairwise;

    /// <summary>Who runs the endpoint: openai, azure (its v1 endpoint), or compatible for any other server with OpenAI's chat completions.</summary>
    public EndpointProvider Provider { get; init; } = EndpointProvider.Compatible;

    /// <summary>The address up to and with /v1: https, or loopback. OpenAI's own may be left out.</summary>
    public string? Url { get; init; }

    /// <summary>The model as the endpoint calls it; in Azure the deployment's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>Where the key is to be had, never the key: env:NAME, or file:NAME in the folder of secrets.</summary>
    public string? Key { get; init; }

    /// <summary>Sign in to Azure with the Entra ID identity of the process instead of a key.</summary>
    public bool Entra { get; init; }

    /// <summary>Allow plain HTTP to another machine, as inside a cluster.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>What makes an answer better, in words.</summary>
    public string Rubric { get; init; } = "The better answer is the one that helps the user more: correct, to the point, honest about what it does not know, and polite.";

    /// <summary>Sampling temperature of the judge.</summary>
    public double Temperature { get; init; }

    /// <summary>Longest judgment, in tokens, thoughts included.</summary>
    public int MaxTokens { get; init; } = 512;

    /// <summary>The suites it judges; all with role preference where none is named.</summary>
    public IReadOnlyList<string> Suites { get; init; } = [];

    /// <summary>Calls at once.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>What the endpoint allows a minute.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>What the endpoint allows a minute, input and output together.</summary>
    public int? TokensPerMinute { get; init; }

    /// <summary>The most it may spend in one run.</summary>
    public JudgeBudgetSection Budget { get; init; } = new();

    /// <summary>Needed for a budget of money.</summary>
    public JudgePriceSection? Price { get; init; }

    /// <summary>For one attempt of a call, until the last byte.</summary>
    public double TimeoutSeconds { get; init; } = 60;

    /// <summary>For all of a run's judging; what is not judged by then is unscored, and the run goes on.</summary>
    public double TimeLimitMinutes { get; init; } = 30;

    /// <summary>
    /// Stop asking once it is decided which model the judge prefers, at this level, such as 0.01: pairs beyond are not asked about and count for nothing. Absent: every pair is judged.
    /// </summary>
    public double? StopWhenDecided { get; init; }

    /// <summary>Show the suite item's reference answer (expect.reference) to the judge: kinds pairwise, single, multi_turn, form, skills, dimensions and evidence. An item without one is unscored.</summary>
    public bool Reference { get; init; }

    /// <summary>Scores no further apart are a tie: kinds single, multi_turn, form, skills, evidence and reward_model.</summary>
    public double TieWithin { get; init; }

    /// <summary>Options of kind multi_turn.</summary>
    public JudgeTurnsSection? MultiTurn { get; init; }

    /// <summary>Options of kind form.</summary>
    public JudgeFormSection? Form { get; init; }

    /// <summary>Options of kind skills.</summary>
    public JudgeSkillsSection? Skills { get; init; }

    /// <summary>Kind dimensions: one's own instead of accuracy, helpfulness and language.</summary>
    public IReadOnlyList<JudgeDimensionSection> Dimensions { get; init; } = [];

    /// <summary>Kind principles: the rules, instead of the pipeline's constitution; where there is neither: helpful, honest, harmless.</summary>
    public IReadOnlyList<string> Principles { get; init; } = [];

    /// <summary>Options of kind evidence.</summary>
    public JudgeEvidenceSection? Evidence { get; init; }

    /// <summary>Options of kind panel.</summary>
    public JudgePanelSection? Panel { get; init; }

    /// <summary>Options of kind reward_model.</summary>
    public JudgeRewardModelSection? RewardModel { get; init; }

    /// <summary>Kind verifier: its name.</summary>
    public string? Verifier { get; init; }

    /// <summary>It asks a language model itself, so it needs an endpoint and a budget.</summary>
    internal bool AsksAModel => Kind is not (JudgeKind.Panel or JudgeKind.RewardModel or JudgeKind.Verifier);

    /// <summary>Who judges, for people.</summary>
    internal string Who => Kind switch
    {
        JudgeKind.Panel => "panel of " + string.Join(", ", Panel?.Members ?? []),
        JudgeKind.RewardModel => "reward model " + RewardModel?.Adapter,
        JudgeKind.Verifier => "verifier " + Verifier,
        _ => Model,
    };

    /// <summary>
    /// Its verdicts stand in the evidence of the preference suites that it names (of all, where it names none) in place of the verifier's. It needs a certificate: without one that holds
    /// it is report-only, and nothing is promoted by it.
    /// </summary>
    public bool Decides { get; init; }

    /// <summary>How it is examined, and what it must show to decide.</summary>
    public QualificationSection Qualification { get; init; } = new();

    /// <summary>Its verdicts are to decide this suite.</summary>
    internal bool DecidesSuite(SuiteSection suite) => Decides && suite.Role == SuiteRole.Preference && !suite.Kind.IsClosed() && (Suites.Count == 0 || Suites.Contains(suite.Name));

    internal EndpointOptions Endpoint => new(Provider, Url, Model, Key, Entra, AllowHttp);
}
