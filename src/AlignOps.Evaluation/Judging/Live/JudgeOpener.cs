using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Inference.Budgets;
using AlignOps.Inference.Calls;
using AlignOps.Inference.Endpoints;
using AlignOps.Inference.Rates;
using AlignOps.Models.Policies;
using AlignOps.Platform.Storage;
using AlignOps.Rewards;

namespace AlignOps.Evaluation.Judging.Live;

/// <summary>Makes a definition's judges ready to be asked.</summary>
/// <param name="engine">Runs reward models; null where a process has none.</param>
internal sealed class JudgeOpener(IChatEndpoints endpoints, IDatabase database, TimeProvider time, VerifierCatalogue verifiers, IPolicyEngine? engine = null)
{
    public Task<JudgeOpening> OpenAsync(JudgeSection judge, JudgeAccount account, CancellationToken cancellationToken) => judge.Kind switch
    {
        JudgeKind.Verifier => Task.FromResult(OpenVerifier(judge)),
        JudgeKind.RewardModel => Task.Run(() => OpenRewardModel(judge), cancellationToken),
        JudgeKind.Panel => OpenPanelAsync(judge, account, cancellationToken),
        _ => OpenModelAsync(judge, account, cancellationToken),
    };

    private async Task<JudgeOpening> OpenModelAsync(JudgeSection judge, JudgeAccount account, CancellationToken cancellationToken)
    {
        IChatEndpoint endpoint;
        try
        {
            endpoint = endpoints.Open(judge.Endpoint);
        }
        catch (Exception fault) when (fault is SecretMissingException or ArgumentException)
        {
            return JudgeOpening.Refused(fault is SecretMissingException ? "key-missing" : "endpoint-invalid", fault.Message);
        }

        var record = new JudgeCallRecord(database, time, account.Id, LlmJudge.DigestOf(judge));
        var budget = new Budget(account.Limit, await record.SpentAsync(cancellationToken));
        var tariff = judge.Price is { } price ? new Tariff(price.Input, price.Output) : Tariff.Free;
        var policy = new CallPolicy { Concurrency = judge.Concurrency, AttemptTimeout = TimeSpan.FromSeconds(judge.TimeoutSeconds) };
        var client = new InferenceClient(endpoint, record, budget, tariff, new RateGate(judge.RequestsPerMinute, judge.TokensPerMinute, time), policy, time, Random.Shared.NextDouble);
        return JudgeOpening.Of(new OpenedJudge(LlmJudge.Identity(judge), occasion => new LlmJudge(judge, client, occasion), [(client.Tally, budget)], client));
    }

    private JudgeOpening OpenVerifier(JudgeSection judge)
    {
        if (verifiers.Find(judge.Verifier ?? "") is not { } verifier)
        {
            return JudgeOpening.Refused("unknown-verifier", $"There is no verifier {judge.Verifier}. Known are: {string.Join(", ", verifiers.Names.Order(StringComparer.Ordinal))}.");
        }

        var made = new VerifierJudge(verifier);
        return JudgeOpening.Of(new OpenedJudge($"verifier {verifier.Name}, {verifier.Digest}", _ => made, []));
    }

    private JudgeOpening OpenRewardModel(JudgeSection judge)
    {
        if (engine is null || judge.RewardModel is not { } folders) return JudgeOpening.Refused("model-unreadable", "No engine runs reward models here, or none is named.");
        try
        {
            var reward = RewardModelReward.Load(engine, folders.Base, folders.Adapter);
            var made = new RewardModelJudge(judge.Name, reward, judge.TieWithin);
            return JudgeOpening.Of(new OpenedJudge(RewardModelJudge.Identity(reward, judge.TieWithin).ReplaceLineEndings(", "), _ => made, [], reward));
        }
        catch (Exception fault) when (fault is ModelFormatException or IOException or UnauthorizedAccessException)
        {
            return JudgeOpening.Refused("model-unreadable", $"The reward model {folders.Adapter} on {folders.Base} cannot be loaded: {fault.Message}");
        }
    }

    /// <summary>Each member has the account of a judge of its own, under the same id: what it has answered for itself it does not answer again for the panel.</summary>
    private async Task<JudgeOpening> OpenPanelAsync(JudgeSection judge, JudgeAccount account, CancellationToken cancellationToken)
    {
        var panel = judge.Panel ?? new();
        List<OpenedJudge> members = [];
        foreach (var member in panel.Judges)
        {
            var (opened, code, sentence) = await OpenAsync(member, account with { Budget = member.Budget }, cancellationToken);
            if (opened is not null)
            {
                members.Add(opened);
                continue;
            }

            members.ForEach(one => one.Dispose());
            return JudgeOpening.Refused(code!, $"Member {member.Name}: {sentence}");
        }

        return members.Count < 2 || members.Count < panel.Members.Count
            ? JudgeOpening.Refused("member-missing", $"Of the panel's members {string.Join(", ", panel.Members)} not all are judges of the definition.")
            : JudgeOpening.Of(new OpenedJudge(
                PanelJudge.Identity(panel.Rule, members.Select(member => member.Digest)).ReplaceLineEndings(", "),
                occasion => new PanelJudge(judge.Name, panel.Rule, [.. members.Select(member => member.Ask(occasion))]), [.. members.SelectMany(member => member.Accounts)], [.. members]));
    }
}
