using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Evaluation.Answers;
using AlignOps.Evaluation.Definition;

namespace AlignOps.Evaluation.Baselines;

/// <summary>What the baseline is asked: of every preference suite that is answered in words the same few items of one turn each run, one draw each.</summary>
/// <param name="Model">The candidate's base.</param>
internal sealed record BaselinePlan(ModelRef Model, UrialPrompt Prompt, IReadOnlyList<AskedSuite> Suites)
{
    public int Draws => Suites.Sum(suite => suite.Items.Count);

    public EvidenceBaseline Evidence => new("urial", Prompt.Digest, Model, Draws);

    /// <summary>Null where there is none: not wanted, nothing to answer, or the candidate has no base beside itself.</summary>
    public static BaselinePlan? Of(BaselineSection section, UrialPrompt prompt, EvaluateCandidate command, IReadOnlyList<AskedSuite> suites)
    {
        var asked = suites.Where(suite => suite.Section.Role == SuiteRole.Preference && suite.Section.Kind.IsInWords()).Select(suite => Few(suite, section.Items, prompt)).Where(suite => suite.Items.Count > 0).ToList();
        return section.Kind == BaselineKind.None || command.Candidate.Adapter is null || asked.Count == 0 ? null : new BaselinePlan(new ModelRef(command.Candidate.Checkpoint, null), prompt, asked);
    }

    private static AskedSuite Few(AskedSuite suite, int most, UrialPrompt prompt)
    {
        // By lot, and the same lot in every run, so that the answers can be used again.
        var items = suite.Items.Where(item => item.TurnCount == 1).OrderBy(item => new Draw(suite, item, 0).Lot(0)).Take(most).ToHashSet();
        return suite with
        {
            Section = suite.Section with { Samples = 1 },
            Items = [.. suite.Items.Where(items.Contains)],
            Asking = new BaselineAsking(prompt, suite.Temperature, suite.TopP, suite.MaxNewTokens, items.Count),
        };
    }
}
