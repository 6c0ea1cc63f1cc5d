using System.Net;
using System.Net.Http.Json;
using System.Text;
using AlignOps.Contracts.Batches;
using AlignOps.Intake.Batches;
using AlignOps.Intake.Rows;
using AlignOps.Platform.Hosting;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Tests.Intake.Compliance;

/// <summary>What single rows do, on any database and transport.</summary>
public abstract class RowsCompliance : IAsyncLifetime
{
    // Nothing is gathered by itself, so that a test says when.
    private static readonly Dictionary<string, string?> Quiet = new() { ["Intake:Rows:Interval"] = "1.00:00:00", ["Intake:Rows:PerRequest"] = "3", ["Intake:Rows:BatchRows"] = "3" };

    public Task InitializeAsync() => PrepareAsync();

    public abstract Task DisposeAsync();

    protected abstract PlatformOptions Options { get; }

    protected abstract Task PrepareAsync();

    [Fact]
    public async Task Send_RowsOfAnyFormat_EachHasItsVerdictAtOnceAndTheRestWait()
    {
        await using var process = await IntakeProcess.StartAsync(Options, Quiet);

        var (status, receipt) = await SendAsync(process, """[{"prompt":"q","completion":"a","label":true},{"prompt":"q","completion":"a","label":true},{"prompt":"q"}]""");

        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal((1, 1), (receipt.Kept, receipt.Waiting));
        Assert.Equal([("accepted", null), ("duplicate", "duplicate-in-batch"), ("rejected", "no-answer")], receipt.Rows.Select(row => (row.Verdict, row.Reason)));
        Assert.Equal("thumbs: prompt, completion, label in 2 of 3 rows", receipt.Detected[0]);
        Assert.Equal(1, await process.ScalarAsync<long>("select count(*) from intake_waiting"));
        var (again, replay) = await SendAsync(process, """{"prompt":"q","completion":"a","label":true}""");
        Assert.Equal((HttpStatusCode.Accepted, 0, "duplicate-of-earlier"), (again, replay.Kept, replay.Rows[0].Reason));
    }

    [Fact]
    public async Task Send_WhatCannotBeTaken_IsAProblemWithItsCode()
    {
        await using var process = await IntakeProcess.StartAsync(Options, Quiet);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(process, """{"prompt":"q"}""")).Status);
        await process.ProblemAsync(await PostAsync(process, ""), HttpStatusCode.BadRequest, "empty-batch");
        await process.ProblemAsync(await PostAsync(process, string.Join('\n', Enumerable.Range(0, 4).Select(Thumb))), HttpStatusCode.RequestEntityTooLarge, "too-many-rows");
        await process.ProblemAsync(await PostAsync(process, Thumb(1), pipeline: "suport"), HttpStatusCode.NotFound, "unknown-pipeline");
        await SendAsync(process, Thumb(1), "k-1");
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(process, Thumb(1), "k-1")).Status);
        await process.ProblemAsync(await PostAsync(process, Thumb(2), "k-1"), HttpStatusCode.Conflict, "idempotency-key-reused");
        Assert.Equal(1, await process.ScalarAsync<long>("select count(*) from intake_waiting"));
    }

    [Fact]
    public async Task Gather_EnoughRows_BecomeOneBatchInTheCallersName()
    {
        await using var process = await IntakeProcess.StartAsync(Options, Quiet);
        var worker = process.Get<RowsWorker>();
        await SendAsync(process, Thumb(1));
        await SendAsync(process, Thumb(2));
        Assert.Empty(await worker.GatherAsync(null, default));

        await SendAsync(process, Thumb(3));
        var report = Assert.Single(await worker.GatherAsync(null, default));

        Assert.Equal((3, "local", "3 single rows"), (report.Accepted, report.PushedBy, report.Name));
        Assert.Equal(report.BatchId, (await process.Events.NextAsync<BatchAccepted>()).BatchId);
        Assert.Empty(await worker.GatherAsync(null, default));
        Assert.Equal("duplicate-of-earlier", (await SendAsync(process, Thumb(3))).Receipt.Rows[0].Reason);
    }

    [Fact]
    public async Task Gather_OnRequest_TakesWhatWaits()
    {
        await using var process = await IntakeProcess.StartAsync(Options, Quiet);
        await SendAsync(process, Thumb(1));

        using var response = await process.Client.PostAsync($"/v1/pipelines/{IntakeProcess.Pipeline}/feedback/gather", null);

        Assert.Equal(1, Assert.Single((await response.Content.ReadFromJsonAsync<List<BatchReport>>())!).Accepted);
    }

    [Fact]
    public async Task Gather_ProcessDiedAfterTheBatch_TheSameBatchIsMadeAgainWhateverCameSince()
    {
        await using var process = await IntakeProcess.StartAsync(Options, Quiet);
        var worker = process.Get<RowsWorker>();
        await SendAsync(process, Thumb(1));
        await SendAsync(process, Thumb(2));
        var claim = Assert.Single(await process.Database.WriteAsync((work, token) => WaitingRows.ClaimAsync(work, null, 1, 1, 0, token), default));
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', await WaitingRows.LoadAsync(process.Database, claim, default))));
        var first = await process.Get<BatchPush>().PushAsync(new PushRequest(claim.Pipeline, "2 single rows", "envelope", null, claim.PushedBy, content), default);
        await SendAsync(process, Thumb(3));

        var again = Assert.Single(await worker.GatherAsync(null, default));

        Assert.Equal((first.Report!.BatchId, 2), (again.BatchId, again.Rows));
        Assert.Equal(0, await process.ScalarAsync<long>("select count(*) from intake_waiting where claim is not null and batch_id is null"));
        Assert.Equal(1, await process.ScalarAsync<long>("select count(*) from intake_waiting where claim is null"));
    }

    [Fact]
    public async Task Gather_ThumbsGivenInServing_AreRowsOnce()
    {
        await using var process = await IntakeProcess.StartAsync(Options, Quiet);
        await process.Database.WriteAsync(
            (work, _) => work.Connection.ExecuteAsync(
                """
                create table serving_v_thumbs (feedback_id text, pipeline text, label text, text text, at bigint, request text, answer text);
                insert into serving_v_thumbs values
                    ('f1', 'support', 'up', null, 1, '[{"role":"user","content":"q"}]', 'a'),
                    ('f2', 'support', 'down', 'rude', 2, '[{"role":"user","content":"q"}]', 'b'),
                    ('f3', 'support', 'down', null, 3, '[{"role":"user","content":"cut', 'c');
                """,
                transaction: work.Transaction),
            default);
        var uri = $"/v1/pipelines/{IntakeProcess.Pipeline}/feedback/gather?from=serving";

        using var first = await process.Client.PostAsync(uri, null);
        using var second = await process.Client.PostAsync(uri, null);

        var report = Assert.Single((await first.Content.ReadFromJsonAsync<List<BatchReport>>())!);
        Assert.Equal((2, "serving"), (report.Accepted, report.PushedBy));
        Assert.Equal(2, report.Kinds["thumb"]);
        Assert.Empty((await second.Content.ReadFromJsonAsync<List<BatchReport>>())!);
    }

    private static string Thumb(int number) => $$"""{"prompt":"q{{number}}","completion":"a","label":true}""";

    private static async Task<(HttpStatusCode Status, RowsReceipt Receipt)> SendAsync(IntakeProcess process, string content, string? key = null)
    {
        using var response = await PostAsync(process, content, key);
        return (response.StatusCode, (await response.Content.ReadFromJsonAsync<RowsReceipt>())!);
    }

    private static async Task<HttpResponseMessage> PostAsync(IntakeProcess process, string content, string? key = null, string pipeline = IntakeProcess.Pipeline)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/pipelines/{pipeline}/feedback") { Content = new StringContent(content, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await process.Client.SendAsync(request);
    }
}
