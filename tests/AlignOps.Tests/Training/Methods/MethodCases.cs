using AlignOps.Platform.Definitions;
using AlignOps.Training.Definitions;
using AlignOps.Training.Definitions.Methods;
using AlignOps.Training.Objectives;

namespace AlignOps.Tests.Training.Methods;

/// <summary>Every method of the catalogue with its defaults, and with the options that change its formula.</summary>
internal static class MethodCases
{
    private static readonly (string Method, string[] Options)[] Variants =
    [
        ("sft", ["sft.min_score=1.5"]),
        ("sft", ["sft.turns=all"]),
        ("dft", ["sft.min_score=1.5"]),
        ("coh", ["coh.forms=[pn, np]"]),
        ("c-rlft", ["c_rlft.classes=[{min_score: 1, condition: good}, {weight: 0.3}]"]),
        ("cut", ["cut.threshold=0.5", "cut.unlikelihood_weight=1", "cut.positive_score=5"]),
        ("edits", ["edits.removed_weight=0.7", "edits.kept_weight=0", "edits.changed_weight=3"]),
        ("fine-grained", ["fine_grained.bad_weight=2", "fine_grained.unmarked_weight=0.3"]),
        ("reward", ["reward.margin=0.5", "reward.center_coefficient=0.01"]),
        ("rrhf", ["rrhf.rank_weight=3", "rrhf.length_penalty=0.7", "rrhf.sft_normalisation=tokens"]),
        ("rrhf", ["rrhf.sft_min_score=1.5"]),
        ("rrhf", ["rrhf.semantics=reference", "rrhf.rank_weight=2", "rrhf.length_penalty=1.2"]),
        ("dpo", ["dpo.beta=0.7", "dpo.pairs=all"]),
        ("cdpo", ["dpo.label_smoothing=0.3", "dpo.sft_weight=0.5"]),
        ("robust-dpo", ["dpo.label_smoothing=0.4", "dpo.beta=0.3"]),
        ("hinge-dpo", ["dpo.pairs=all", "dpo.beta=0.5"]),
        ("ipo", ["ipo.normalisation=sum", "dpo.pairs=all"]),
        ("dpo-norm", ["dpo.sft_weight=0.2", "dpo.pairs=all"]),
        ("rpo", ["dpo.sft_weight=0.3", "dpo.pairs=all"]),
        ("pro", ["pro.sft_weight=0"]),
        ("slic", ["slic.margin=12", "slic.pairs=all"]),
        ("orpo", ["orpo.likelihood=all", "orpo.beta=1"]),
        ("orpo", ["orpo.likelihood=all", "orpo.pairs=all"]),
        ("simpo", ["simpo.sft_weight=0.5", "simpo.gamma_beta_ratio=0.5", "simpo.pairs=all"]),
        ("kto", ["kto.beta=0.5", "kto.desirable_weight=1.3", "kto.undesirable_weight=0.7"]),
    ];

    /// <summary>
    /// Of methods whose loss holds a part fixed, such as a weight by the policy's own probability: from the point that is held, the loss of moved
    /// log-probabilities with that part as it was. Parts that come from sequences without a gradient need no entry.
    /// </summary>
    public static IReadOnlyDictionary<string, Func<StepPlan, IReadOnlyList<ScoredSequence>, Func<IReadOnlyList<ScoredSequence>, double>>> Held { get; } =
        new Dictionary<string, Func<StepPlan, IReadOnlyList<ScoredSequence>, Func<IReadOnlyList<ScoredSequence>, double>>>
        {
            // The weight of a token is the policy's own probability of it, without a gradient.
            ["dft"] = (plan, held) => moved => -held.Zip(moved).Sum(pair => pair.First.LogProbabilities.Zip(pair.Second.LogProbabilities, (at, log) => Math.Exp(at) * log).Sum()) / plan.ScoredTokens,
        };

    public static IReadOnlyList<MethodCase> All { get; } =
    [
        .. TrainingMethods.All.Select(method => new MethodCase(method.Name, method, new TrainingSection { Method = method.Name })),
        .. Variants.Select(variant => new MethodCase($"{variant.Method} {string.Join(' ', variant.Options)}", TrainingMethods.Find(variant.Method)!, Section(variant.Method, variant.Options))),
    ];

    public static TheoryData<string> Labels => [.. All.Select(one => one.Label)];

    public static MethodCase Find(string label) => All.Single(one => one.Label == label);

    public static TrainingSection Section(string method, params string[] options)
    {
        (TrainingSection section, IReadOnlyList<SectionFault> faults) = SectionAssignments.Read<TrainingSection>("training", [$"method={method}", .. options]);
        Assert.Empty(faults);
        return section;
    }
}
