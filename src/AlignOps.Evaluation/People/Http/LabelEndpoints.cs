using AlignOps.Contracts.Evidence;
using AlignOps.Data.Content;
using AlignOps.Evaluation.People.Files;
using AlignOps.Evaluation.People.Queue;
using AlignOps.Evaluation.People.Reports;
using AlignOps.Evaluation.People.Rounds;
using AlignOps.Evaluation.Regression;
using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace AlignOps.Evaluation.People.Http;

/// <summary>People's queue, their labels, and what these say of a run.</summary>
internal static class LabelEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var labels = routes.MapGroup("/v1").RequireAuthorization(nameof(AccessRole.Product));
        labels.MapPost("/labels/next", NextAsync);
        labels.MapPost("/labels/{itemId}", AnswerAsync);
        labels.MapPost("/labels/{itemId}/skip", SkipAsync);
        labels.MapGet("/labels", RoundsAsync);
        labels.MapGet("/runs/{id}/labels", ReportAsync);
        var ops = routes.MapGroup("/v1").RequireAuthorization(nameof(AccessRole.Ops));
        ops.MapGet("/runs/{id}/labels/items", ItemsAsync);
        ops.MapPost("/runs/{id}/labels", OpenAsync);
        ops.MapGet("/runs/{id}/labels/export", ExportAsync);
        ops.MapPost("/labels/import", ImportAsync);
    }

    private static async Task<IResult> NextAsync(string? pipeline, string? run, HttpContext http, IDatabase database, LabelQueue queue, CancellationToken cancellationToken)
    {
        var person = Person(http);
        return await database.WriteAsync<IResult>(
            async (work, token) =>
            {
                if (await queue.NextAsync(work, person, pipeline, run, token) is not var (item, claim)) return TypedResults.NoContent();
                var round = await RoundStore.FindAsync(work.Connection, work.Transaction, item.RunId, token);
                var (first, second) = item.Shown(claim.CandidateFirst != 0);
                var left = await LabelStore.LeftAsync(work, person, pipeline, run, token);
                return TypedResults.Ok(new LabelView(item.ItemId, round!.Pipeline, item.Messages, first, second, claim.UntilAt, left));
            },
            cancellationToken);
    }

    private static Task<IResult> AnswerAsync(string itemId, LabelRequest request, HttpContext http, IDatabase database, LabelQueue queue, CancellationToken cancellationToken)
    {
        if (LabelNames.Choice(request.Choice) is not { } choice) return Refused(400, "unknown-choice", $"Say which answer is better: {string.Join(", ", LabelNames.Choices)}.");
        var (first, second) = (LabelNames.Level(request.FirstLevel), LabelNames.Level(request.SecondLevel));
        return (first is null && !string.IsNullOrEmpty(request.FirstLevel)) || (second is null && !string.IsNullOrEmpty(request.SecondLevel))
            ? Refused(400, "unknown-level", $"A level is one of {string.Join(", ", LabelNames.Levels)}, or missing.")
            : SayAsync(itemId, new PersonLabel(choice, first, second), http, database, queue, cancellationToken);
    }

    private static Task<IResult> SkipAsync(string itemId, HttpContext http, IDatabase database, LabelQueue queue, CancellationToken cancellationToken) =>
        SayAsync(itemId, null, http, database, queue, cancellationToken);

    private static async Task<IResult> SayAsync(string itemId, PersonLabel? label, HttpContext http, IDatabase database, LabelQueue queue, CancellationToken cancellationToken)
    {
        var refusal = await database.WriteAsync((work, token) => queue.AnswerAsync(work, itemId, Person(http), label, token), cancellationToken);
        return refusal is null ? TypedResults.Ok(new { itemId, state = label is null ? LabelState.Skipped : LabelState.Answered }) : Problem(refusal.Status, refusal.Code, refusal.Sentence);
    }

    private static async Task<IResult> RoundsAsync(string? pipeline, IDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var rounds = new List<object>();
        foreach (var round in await RoundStore.ListAsync(connection, pipeline, cancellationToken))
        {
            var items = await LabelStore.CountAsync(connection, round.RunId, cancellationToken);
            rounds.Add(new { round.RunId, round.Pipeline, round.State, round.Wanted, round.PeopleEach, ForGate = round.ForGate != 0, round.AskedBy, round.OpenedAt, round.ClosesAt, round.ClosedAt, Items = items });
        }

        return TypedResults.Ok(rounds);
    }

    private static async Task<IResult> ReportAsync(string id, PeopleReporter reporter, CancellationToken cancellationToken)
    {
        try
        {
            return await reporter.FindAsync(id, cancellationToken) is { } report ? TypedResults.Ok(report) : NotAsked(id);
        }
        catch (BlobMissingException missing)
        {
            return Problem(410, "evidence-gone", $"What run {id} was decided on is not kept any more. {missing.Message}");
        }
    }

    private static async Task<IResult> ItemsAsync(string id, IDatabase database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var items = await LabelStore.OfRunAsync(connection, null, id, cancellationToken);
        return items.Count == 0
            ? NotAsked(id)
            : TypedResults.Ok(items.Select(item => new LabelLine(
                item.ItemId, item.RunId, item.Suite, item.QuestionId, item.Place, item.State, Math.Round(item.Uncertainty, 6), item.Inconsistent != 0, item.Wanted, item.Answered, item.Skipped)));
    }

    private static async Task<IResult> OpenAsync(string id, RoundRequest request, HttpContext http, IDatabase database, RoundDesk rounds, CancellationToken cancellationToken)
    {
        var (items, each, days) = (request.Items ?? 40, request.PeopleEach ?? 1, request.Days ?? 7);
        if (items is < 1 or > RoundWish.MostItems) return Problem(400, "bad-items", $"People can be asked about 1 to {RoundWish.MostItems} pairs.");
        if (each is < 1 or > RoundWish.MostPeople) return Problem(400, "bad-people", $"A pair can be judged by 1 to {RoundWish.MostPeople} people.");
        if (!(days is > 0 and <= RoundWish.MostDays)) return Problem(400, "bad-days", $"A round stays open for up to {RoundWish.MostDays} days.");
        return await database.WriteAsync<IResult>(
            async (work, token) =>
            {
                await work.TakeTurnAsync(LabelQueue.Turn, token);
                var run = await RegressionRun.FindAsync(work.Connection, work.Transaction, id, token);
                if (run is null) return Problem(404, "unknown-run", $"There is no run {id}.");
                if (run.EvidenceDigest is null || run.State is "evaluating" or "deciding") return Problem(409, "not-decided", $"Run {id} is {run.State}; people can be asked once its gate has looked.");
                var wish = new RoundWish(id, run.Pipeline, run.DefinitionDigest, run.EvidenceDigest, items, each, days, ForGate: false, Person(http));
                return await rounds.OpenAsync(work, wish, token) is { } round
                    ? TypedResults.Created($"/v1/runs/{id}/labels", new { round.RunId, round.Wanted, round.PeopleEach, round.ClosesAt })
                    : Problem(409, "asked-already", $"People were asked about run {id} already: 'alignops labels show {id}'.");
            },
            cancellationToken);
    }

    private static async Task<IResult> ExportAsync(string id, string? @as, bool? accept, IDatabase database, IBlobStore blobs, CancellationToken cancellationToken)
    {
        var kind = @as ?? "labels";
        if (!LabelExport.Kinds.Contains(kind)) return Problem(400, "unknown-kind", $"'{kind}' is nothing to export; there are {string.Join(", ", LabelExport.Kinds)}.");
        if (kind == "feedback" && accept != true)
        {
            return Problem(409, "teaches-the-exam", "These questions are the suite's: a model that learns from them is examined on what it was told. Say accept=true where that is what you want, such as for a suite that you retire.");
        }

        await using var connection = await database.OpenReadAsync(cancellationToken);
        if (await RoundStore.FindAsync(connection, null, id, cancellationToken) is not { } round) return NotAsked(id);
        var header = EvidenceFile.Read(await blobs.ReadTextAsync(round.EvidenceDigest, cancellationToken)).Header;
        var lines = LabelExport.Write(kind, header, await LabelStore.OfRunAsync(connection, null, id, cancellationToken), await LabelStore.AnswersAsync(connection, null, id, cancellationToken));
        return TypedResults.Text(string.Concat(lines.Select(line => line + "\n")), "application/jsonl");
    }

    private static async Task<IResult> ImportAsync(HttpContext http, LabelImport import, CancellationToken cancellationToken)
    {
        try
        {
            return TypedResults.Ok(await import.ReadAsync(http.Request.Body, Person(http), cancellationToken));
        }
        catch (ContentException fault)
        {
            return Problem(400, fault.Code, fault.Message);
        }
    }

    private static string Person(HttpContext http) => http.User.Identity?.Name ?? throw new InvalidOperationException("An authorised request has no name.");

    private static ProblemHttpResult NotAsked(string id) => Problem(404, "not-asked", $"People were not asked about run {id}. 'alignops labels ask {id}' asks them.");

    private static Task<IResult> Refused(int status, string code, string sentence) => Task.FromResult<IResult>(Problem(status, code, sentence));

    private static ProblemHttpResult Problem(int status, string code, string sentence) =>
        TypedResults.Problem(sentence, statusCode: status, title: code, extensions: new Dictionary<string, object?> { ["code"] = code });
}
