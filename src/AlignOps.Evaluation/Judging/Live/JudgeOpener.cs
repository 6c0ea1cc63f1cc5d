using AlignOps.Evaluation.Definition;
using AlignOps.Evaluation.Judging.Llm;
using AlignOps.Inference.Budgets;
using AlignOps.Inference.Calls;
using AlignOps.Inference.Endpoints;
using AlignOps.Inference.Rates;
using AlignOps.Platform.Storage;

namespace AlignOps.Evaluation.Judging.Live;

/// <summary>Makes a definition's judges ready to be asked.</summary>
internal sealed class JudgeOpener(IChatEndpoints endpoints, IDatabase database, TimeProvider time)
{
    public async Task<JudgeOpening> OpenAsync(JudgeSection judge, JudgeAccount account, CancellationToken cancellationToken)
    {
        IChatEndpoint endpoint;
        try
        {
            endpoint = endpoints.Open(judge.Endpoint);
        }
        catch (Exception fault) when (fault is SecretMissingException or ArgumentException)
        {
            return new JudgeOpening(null, fault is SecretMissingException ? "key-missing" : "endpoint-invalid", fault.Message);
        }

        var record = new JudgeCallRecord(database, time, account.Id, LlmJudge.DigestOf(judge));
        var budget = new Budget(account.Limit, await record.SpentAsync(cancellationToken));
        var tariff = judge.Price is { } price ? new Tariff(price.Input, price.Output) : Tariff.Free;
        var policy = new CallPolicy { Concurrency = judge.Concurrency, AttemptTimeout = TimeSpan.FromSeconds(judge.TimeoutSeconds) };
        var client = new InferenceClient(endpoint, record, budget, tariff, new RateGate(judge.RequestsPerMinute, judge.TokensPerMinute, time), policy, time, Random.Shared.NextDouble);
        return new JudgeOpening(new OpenedJudge(judge, client, budget), null, null);
    }
}
