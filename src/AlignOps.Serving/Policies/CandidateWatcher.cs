using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace AlignOps.Serving.Policies;

/// <summary>
/// Keeps candidates in step with Promotion's deployments. One that cannot be loaded here gets no request, so everybody goes on being answered by the champion;
/// it is tried again at most once a minute.
/// </summary>
internal sealed partial class CandidateWatcher(
    PolicyOpener opener, PolicyCatalog catalog, IOptions<ServingOptions> options, TimeProvider clock, ILogger<CandidateWatcher> logger)
{
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, DateTimeOffset> _notBefore = new(StringComparer.Ordinal);

    /// <summary>One look: loads, routes, lets go.</summary>
    /// <param name="rows">Read before the champions were: a candidate that became champion in between is served as either, and they are the same.</param>
    public async Task ApplyAsync(IReadOnlyList<CandidateRow> rows, CancellationToken cancellationToken)
    {
        // Where a full one is still watched while the next is on its way, the next is what requests are routed to.
        var wanted = rows.GroupBy(row => row.Pipeline).Select(some => some.FirstOrDefault(row => row.IsShadow || row.IsCanary) ?? some.Last()).ToArray();
        foreach (var gone in catalog.Candidates.Where(candidate => !wanted.Any(row => row.RunId == candidate.Row.RunId)))
        {
            catalog.RemoveCandidate(gone.Row.Pipeline);
            LogGone(gone.Row.Pipeline, gone.Row.RunId);
        }

        foreach (var row in wanted.Where(row => catalog.CandidateOf(row.Pipeline)?.Row != row))
        {
            await TakeAsync(row, cancellationToken);
        }
    }

    private async Task TakeAsync(CandidateRow row, CancellationToken cancellationToken)
    {
        var present = catalog.CandidateOf(row.Pipeline);
        if (row is { IsShadow: false, IsCanary: false })
        {
            // The champion's switch comes first: until then those it answered as canary keep the policy they have.
            if (present?.Policy is null || catalog.Find(row.Pipeline)?.Model == row.Model) catalog.Bring(new ServedCandidate(row, null));
            return;
        }

        if (present?.Policy is { } loaded && present.Row.RunId == row.RunId)
        {
            catalog.Bring(new ServedCandidate(row, loaded));
            LogStage(row.Pipeline, row.RunId, row.Stage, row.Share);
            return;
        }

        if (_notBefore.TryGetValue(row.RunId, out var notBefore) && clock.GetUtcNow() < notBefore) return;

        try
        {
            var policy = new ServedPolicy(ChampionRow.OfCandidate(row), await opener.OpenAsync(row.Model, cancellationToken), options.Value);
            catalog.Bring(new ServedCandidate(row, policy));
            _notBefore.Remove(row.RunId);
            LogStage(row.Pipeline, row.RunId, row.Stage, row.Share);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            _notBefore[row.RunId] = clock.GetUtcNow() + Again;
            LogFailed(exception, row.Pipeline, row.RunId, row.Model.ShortName);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The candidate of run {RunId} answers for {Pipeline} in {Stage} at share {Share}")]
    private partial void LogStage(string pipeline, string runId, string stage, double share);

    [LoggerMessage(Level = LogLevel.Information, Message = "The candidate of run {RunId} answers for {Pipeline} no more")]
    private partial void LogGone(string pipeline, string runId);

    [LoggerMessage(Level = LogLevel.Error, Message = "The candidate of run {RunId} of {Pipeline} ({Model}) cannot be loaded here and gets no request")]
    private partial void LogFailed(Exception exception, string pipeline, string runId, string model);
}
