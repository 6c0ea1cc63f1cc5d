using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Inference.Endpoints;

namespace AlignOps.Benchmarks.Proofs.Kinds;

/// <summary>Changes each thing that can change a judge's answers, one at a time, and each thing that cannot.</summary>
internal static class KindsDigests
{
    private static readonly (string What, Func<JudgeSection, JudgeSection> Change, JudgeKind[]? Of)[] Deciding =
    [
        ("provider", judge => judge with { Provider = EndpointProvider.Openai }, null),
        ("address", judge => judge with { Url = "http://127.0.0.1:9/v1" }, null),
        ("model", judge => judge with { Model = "another" }, null),
        ("temperature", judge => judge with { Temperature = 0.7 }, null),
        ("max_tokens", judge => judge with { MaxTokens = 201 }, null),
        ("rubric", judge => judge with { Rubric = "Shorter is better." }, [JudgeKind.Pairwise, JudgeKind.Single, JudgeKind.MultiTurn, JudgeKind.Soft, JudgeKind.Form, JudgeKind.Evidence]),
        ("reference", judge => judge with { Reference = !judge.Reference }, [JudgeKind.Pairwise, JudgeKind.Single, JudgeKind.MultiTurn, JudgeKind.Form, JudgeKind.Skills, JudgeKind.Dimensions, JudgeKind.Evidence]),
        ("tie_within", judge => judge with { TieWithin = judge.TieWithin + 0.25 }, [JudgeKind.Single, JudgeKind.Form, JudgeKind.Skills, JudgeKind.Evidence]),
        ("turns by", judge => judge with { MultiTurn = new() { By = judge.MultiTurn is null ? JudgeTurnsProtocol.Single : JudgeTurnsProtocol.Pairwise } }, [JudgeKind.MultiTurn]),
        ("steps", judge => judge with { Form = (judge.Form ?? new()) with { Steps = ["Look."] } }, [JudgeKind.Form]),
        ("scale", judge => judge with { Form = (judge.Form ?? new()) with { Highest = 9 } }, [JudgeKind.Form]),
        ("samples of a form", judge => judge with { Form = (judge.Form ?? new()) with { Samples = 7 } }, [JudgeKind.Form]),
        ("skills", judge => judge with { Skills = new() { Names = ["factuality"] } }, [JudgeKind.Skills]),
        ("dimensions", judge => judge with { Dimensions = [new() { Name = "tone", Asks = "it is warm" }] }, [JudgeKind.Dimensions]),
        ("principles", judge => judge with { Principles = ["Be brief."] }, [JudgeKind.Principles]),
        ("samples of evidence", judge => judge with { Evidence = new() { Samples = 5 } }, [JudgeKind.Evidence]),
    ];

    private static readonly (string What, Func<JudgeSection, JudgeSection> Change)[] NotDeciding =
    [
        ("name", judge => judge with { Name = "another" }), ("key", judge => judge with { Key = "env:OTHER" }), ("concurrency", judge => judge with { Concurrency = 1 }),
        ("budget", judge => judge with { Budget = new() { Tokens = 1 } }), ("timeout", judge => judge with { TimeoutSeconds = 1 }), ("suites", judge => judge with { Suites = ["parcels"] }),
    ];

    /// <summary>How many changes were tried, and what did not do as it should.</summary>
    public static (int Changes, int Same, IReadOnlyList<string> Wrong) Try(IReadOnlyList<JudgeSection> judges)
    {
        List<string> wrong = [];
        var (changes, same) = (0, 0);
        foreach (var judge in judges)
        {
            var digests = new HashSet<string>(StringComparer.Ordinal) { LlmJudge.DigestOf(judge) };
            foreach (var (what, change, _) in Deciding.Where(one => one.Of?.Contains(judge.Kind) != false))
            {
                changes++;
                if (!digests.Add(LlmJudge.DigestOf(change(judge)))) wrong.Add($"{judge.Name}: {what} changes nothing");
            }

            foreach (var (what, change) in NotDeciding)
            {
                same++;
                if (LlmJudge.DigestOf(change(judge)) != LlmJudge.DigestOf(judge)) wrong.Add($"{judge.Name}: {what} changes the digest");
            }
        }

        return (changes, same, wrong);
    }
}
