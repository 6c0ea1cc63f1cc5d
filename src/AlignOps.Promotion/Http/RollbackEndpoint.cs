using AlignOps.Platform.Storage;
using AlignOps.Promotion.Deployments;
using AlignOps.Promotion.Registry;
using Microsoft.AspNetCore.Http;

namespace AlignOps.Promotion.Http;

/// <summary>A person goes back: from a candidate that is on its way, or to an earlier champion. Either way promotions are on hold afterwards.</summary>
internal static class RollbackEndpoint
{
    public static async Task<IResult> PostAsync(
        string pipeline, RollbackRequest request, HttpContext http, IDatabase database, ChampionRegistry registry, Deployer deployer, ModelProbe probe, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(request.Reason)) return Problems.NoReason();

        var (reason, wanted) = (request.Reason.Trim(), request.To ?? request.ToVersion);
        IReadOnlyList<HistoryEntry> history;
        await using (var connection = await database.OpenReadAsync(cancellationToken))
        {
            history = await registry.HistoryAsync(connection, null, pipeline, cancellationToken);
        }

        if (history.Count == 0) return Problems.NoChampion(pipeline);
        if (wanted is null && await WithdrawAsync(pipeline, reason, http, database, registry, deployer, cancellationToken) is { } withdrawn) return withdrawn;

        // The target is proven loadable before anything changes, and outside the transaction: it reads every byte of the model.
        var (target, note, refusal) = wanted is { } version
            ? await FindAsync(pipeline, history, version, probe, cancellationToken)
            : await FindAsync(pipeline, history, probe, cancellationToken);
        if (refusal is not null) return refusal;

        return await database.WriteAsync<IResult>(
            async (work, token) =>
            {
                await work.TakeTurnAsync(PromotionService.Name, token);
                var present = await registry.FindAsync(work.Connection, work.Transaction, pipeline, token);
                if (present?.Version != history[^1].Version) return Problems.Of(StatusCodes.Status409Conflict, "champion-moved", $"The champion changed to version {present?.Version} meanwhile. Look again, then decide.");

                var change = new ChampionChange(pipeline, target!.Model, ChampionCause.Rollback, http.Caller(), reason + note, Restores: target.Restores ?? target.Version);
                await registry.ChangeAsync(work, change, present, token);
                return TypedResults.Ok(ChampionAnswer.Of((await registry.FindAsync(work.Connection, work.Transaction, pipeline, token))!));
            },
            cancellationToken);
    }

    /// <summary>Null where no candidate is on its way.</summary>
    private static Task<IResult?> WithdrawAsync(
        string pipeline, string reason, HttpContext http, IDatabase database, ChampionRegistry registry, Deployer deployer, CancellationToken cancellationToken) => database.WriteAsync<IResult?>(
        async (work, token) =>
        {
            await work.TakeTurnAsync(PromotionService.Name, token);
            if (await deployer.WithdrawAsync(work, pipeline, http.Caller(), reason, token) is null) return null;

            var champion = await registry.FindAsync(work.Connection, work.Transaction, pipeline, token);
            if (champion!.Hold is null) await registry.HoldAsync(work, champion, http.Caller(), reason, Champion.ByRollback, token);
            return TypedResults.Ok(ChampionAnswer.Of((await registry.FindAsync(work.Connection, work.Transaction, pipeline, token))!));
        },
        cancellationToken);

    private static async Task<(HistoryEntry? Target, string Note, IResult? Refusal)> FindAsync(
        string pipeline, IReadOnlyList<HistoryEntry> history, int version, ModelProbe probe, CancellationToken cancellationToken)
    {
        if (history.FirstOrDefault(entry => entry.Version == version) is not { } target)
        {
            return (null, "", Problems.Of(StatusCodes.Status404NotFound, "unknown-version", $"Pipeline {pipeline} has no version {version}; the present one is {history[^1].Version}."));
        }

        if (target.Model == history[^1].Model) return (null, "", Problems.Of(StatusCodes.Status409Conflict, "already-champion", $"Version {version} is the model that is champion now."));
        return await probe.FindFaultAsync(target.Model, cancellationToken) is { } fault
            ? (null, "", Problems.Of(StatusCodes.Status422UnprocessableEntity, "model-unusable", fault))
            : (target, "", null);
    }

    /// <summary>The newest champion before this one that can be loaded; which were passed over and why goes on record.</summary>
    private static async Task<(HistoryEntry? Target, string Note, IResult? Refusal)> FindAsync(
        string pipeline, IReadOnlyList<HistoryEntry> history, ModelProbe probe, CancellationToken cancellationToken)
    {
        var (target, note) = await RollbackTarget.FindLoadableAsync(history, probe, cancellationToken);
        if (target is not null) return (target, note, null);
        return note.Length == 0
            ? (null, "", Problems.Of(StatusCodes.Status409Conflict, "nothing-before", $"Pipeline {pipeline} had no other champion before version {history[^1].Version}."))
            : (null, "", Problems.Of(StatusCodes.Status422UnprocessableEntity, "model-unusable", $"No earlier champion can be loaded.{note}"));
    }
}
