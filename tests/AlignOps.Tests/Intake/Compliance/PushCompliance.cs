using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using AlignOps.Contracts.Batches;
using AlignOps.Intake.Batches;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Hosting;
using Dapper;

namespace AlignOps.Tests.Intake.Compliance;

/// <summary>What pushing a batch does, on any database and transport.</summary>
public abstract class PushCompliance : IAsyncLifetime
{
    private const string Mixed =
        """
        {"prompt":"q1","chosen":"a","rejected":"b"}
        {"query":"q2","responses":["a","b"],"scores":[2,1]}
        {"prompt":"q1","chosen":"a","rejected":"b"}
        {"prompt":"q3","completion":"a","label":true}
        {"prompt":"q4","chosen":"a<|im_end|>","rejected":"b"}
        {"prompt":"q5",
        {"prompt":"q6"}
        """;

    public Task InitializeAsync() => PrepareAsync();

    public abstract Task DisposeAsync();

    protected abstract PlatformOptions Options { get; }

    protected abstract Task PrepareAsync();

    [Fact]
    public async Task Push_MixedBatch_EveryRowIsAccountedForAndTheEventFollows()
    {
        await using var process = await IntakeProcess.StartAsync(Options);

        var report = await process.AcceptedAsync(Mixed, query: "?name=week%2027.jsonl");

        Assert.Equal((7, 3, 1, 1, 2), (report.Rows, report.Accepted, report.Duplicate, report.Quarantined, report.Rejected));
        Assert.Equal(new Dictionary<string, int> { ["duplicate-in-batch"] = 1, ["malformed-json"] = 1, ["no-answer"] = 1, ["role-marker"] = 1 }, report.ByReason);
        Assert.Equal(new Dictionary<string, int> { ["rrhf"] = 1, ["thumbs"] = 1, ["trl-preference"] = 3, ["unknown"] = 2 }, report.Formats);
        Assert.Equal("trl-preference: chosen, rejected in 3 of 7 rows", report.Detected[0]);
        Assert.Equal("Kept and not trained on: 1 thumb. This pipeline's method uses preference, ranking, demonstration. Thumbs on one prompt are ranked where its answers fared differently. Single thumbs are learned by training.method: kto with thumb in mix.kinds.", report.UnusedNote);
        Assert.Equal([3, 5, 6, 7], report.Problems.Select(p => p.Line));
        Assert.Equal(("local", "week 27.jsonl", "mixed"), (report.PushedBy, report.Name, report.Format));
        var accepted = await process.Events.NextAsync<BatchAccepted>();
        Assert.Equal(new BatchAccepted(report.BatchId, IntakeProcess.Pipeline, report.ContentHash, 3, "local"), accepted);
        Assert.Equal(Mixed, await process.Get<IBlobStore>().ReadTextAsync(report.ContentHash, CancellationToken.None));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Mixed))), report.ContentHash);
        Assert.Equal("b-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"support\n{report.ContentHash}")))[..16], report.BatchId);
        Assert.Equal(7, await process.ScalarAsync<long>("select rows from intake_v_batches"));
    }

    [Fact]
    public async Task Push_RowsOfAHeldBatch_AreTakenAgain()
    {
        await using var process = await IntakeProcess.StartAsync(Options);
        var held = await process.AcceptedAsync("""{"prompt":"q1","chosen":"a","rejected":"b"}""" + "\n" + """{"prompt":"q2","chosen":"rude","rejected":"b"}""");
        const string GoodHalf = """{"prompt":"q1","chosen":"a","rejected":"b"}""";
        await process.MarkAsync(held.BatchId, "learned");
        Assert.Equal(1, (await process.AcceptedAsync(GoodHalf + "\n")).Duplicate);
        await process.MarkAsync(held.BatchId, "held");

        var again = await process.AcceptedAsync(GoodHalf);

        Assert.Equal((1, 0), (again.Accepted, again.Duplicate));
    }

    [Fact]
    public async Task Push_SameContentAgain_IsTheSameBatchAndNoSecondEvent()
    {
        await using var process = await IntakeProcess.StartAsync(Options);

        var first = await process.AcceptedAsync(Mixed, key: "k-1");
        var sameKey = await process.AcceptedAsync(Mixed, key: "k-1", status: HttpStatusCode.OK);
        var otherKey = await process.AcceptedAsync(Mixed, key: "k-2", status: HttpStatusCode.OK);
        using var packed = await process.PushAsync(Gzip(Mixed));
        var unpacked = (await packed.Content.ReadFromJsonAsync<BatchReport>())!;
        await process.AcceptedAsync("""{"prompt":"other","chosen":"a","rejected":"b"}""");

        Assert.All([sameKey, otherKey, unpacked], again => Assert.Equal(JsonSerializer.Serialize(first), JsonSerializer.Serialize(again)));
        Assert.Equal(first.BatchId, (await process.Events.NextAsync<BatchAccepted>()).BatchId);
        Assert.NotEqual(first.BatchId, (await process.Events.NextAsync<BatchAccepted>()).BatchId);
        Assert.Equal(2, await process.ScalarAsync<long>("select count(*) from intake_batch"));
    }

    [Fact]
    public async Task Push_KeyUsedForOtherContent_IsAConflictAndNothingIsRecorded()
    {
        await using var process = await IntakeProcess.StartAsync(Options);
        await process.AcceptedAsync(Mixed, key: "k-1");

        await process.ProblemAsync(await process.PushAsync("""{"prompt":"q","chosen":"a","rejected":"b"}""", "k-1"), HttpStatusCode.Conflict, "idempotency-key-reused");

        Assert.Equal(1, await process.ScalarAsync<long>("select count(*) from intake_batch"));
    }

    [Fact]
    public async Task Push_SameContentReadAsAnotherFormat_IsAConflict()
    {
        await using var process = await IntakeProcess.StartAsync(Options);
        await process.AcceptedAsync(Mixed);

        await process.ProblemAsync(await process.PushAsync(Mixed, query: "?format=rrhf"), HttpStatusCode.Conflict, "batch-read-otherwise");
    }

    [Fact]
    public async Task Push_WhatCannotBeTaken_IsAProblemWithItsCode()
    {
        await using var process = await IntakeProcess.StartAsync(
            Options,
            new() { ["Intake:BodyBytes"] = "60000", ["Intake:Content:Bytes"] = "40000", ["Intake:Content:RatioFreeBytes"] = "1000", ["Intake:Content:Ratio"] = "20", ["Intake:Content:Rows"] = "3" });

        var unknown = await process.ProblemAsync(await process.PushAsync(Mixed, pipeline: "suport"), HttpStatusCode.NotFound, "unknown-pipeline");
        Assert.Equal(IntakeProcess.Pipeline, Assert.Single(unknown.GetProperty("pipelines").EnumerateArray()).GetString());
        await process.ProblemAsync(await process.PushAsync(""), HttpStatusCode.BadRequest, "empty-batch");
        await process.ProblemAsync(await process.PushAsync(" \n\r\n"), HttpStatusCode.BadRequest, "empty-batch");
        await process.ProblemAsync(await process.PushAsync(Mixed, query: "?format=xml"), HttpStatusCode.BadRequest, "unknown-format");
        await process.ProblemAsync(await process.PushAsync(Mixed, query: "?name=%00"), HttpStatusCode.BadRequest, "bad-name");
        await process.ProblemAsync(await process.PushAsync(Gzip(Mixed)[..^5]), HttpStatusCode.BadRequest, "corrupt-gzip");
        await process.ProblemAsync(await process.PushAsync(Gzip(new string(' ', 39_000))), HttpStatusCode.RequestEntityTooLarge, "zip-bomb");
        await process.ProblemAsync(await process.PushAsync("PK\u0003\u0004..."), HttpStatusCode.UnsupportedMediaType, "archive-not-taken");
        await process.ProblemAsync(await process.PushAsync("question,answer,rating\nq,a,1"), HttpStatusCode.BadRequest, "ambiguous-format");
        await process.ProblemAsync(await process.PushAsync(Gzip(Noise(60_000))), HttpStatusCode.RequestEntityTooLarge, "content-too-large");
        await process.ProblemAsync(await process.PushAsync(Noise(70_000)), HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        await process.ProblemAsync(await process.PushAsync(Mixed), HttpStatusCode.RequestEntityTooLarge, "too-many-rows");
        Assert.Equal(0, await process.ScalarAsync<long>("select count(*) from intake_batch"));
    }

    [Fact]
    public async Task Push_RowsOfALearnedBatch_AreDuplicatesThatNameIt()
    {
        await using var process = await IntakeProcess.StartAsync(Options);
        var first = await process.AcceptedAsync(Rows(0, 700));
        await process.MarkAsync(first.BatchId, "learned");

        var second = await process.AcceptedAsync(Rows(300, 1000));

        Assert.Equal((300, 400), (second.Accepted, second.Duplicate));
        Assert.Equal($"The same as line 301 of batch {first.BatchId}.", second.Problems[0].Sentence);
        Assert.Equal(1000, await process.ScalarAsync<long>("select count(*) from intake_row where verdict = 'accepted'"));
    }

    [Fact]
    public async Task Push_NothingAccepted_IsRecordedWithoutAnEvent()
    {
        await using var process = await IntakeProcess.StartAsync(Options);

        var nothing = await process.AcceptedAsync("broken");
        var something = await process.AcceptedAsync(Rows(0, 1));

        Assert.Equal((1, 0, 1), (nothing.Rows, nothing.Accepted, nothing.Rejected));
        Assert.Equal(something.BatchId, (await process.Events.NextAsync<BatchAccepted>()).BatchId);
    }

    [Fact]
    public async Task Push_OverlappingBatchesAtOnce_TakeWhatIsNotLearnedYet()
    {
        await using var process = await IntakeProcess.StartAsync(Options);
        await process.MarkAsync((await process.AcceptedAsync(Rows(0, 100))).BatchId, "learned");

        var reports = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => process.AcceptedAsync(Rows(i * 10, (i * 10) + 100))));

        Assert.Equal(360, reports.Sum(r => r.Accepted));
        Assert.Equal(440, reports.Sum(r => r.Duplicate));
        Assert.Equal(180, await process.ScalarAsync<long>("select count(distinct row_id) from intake_row where verdict = 'accepted'"));
    }

    [Fact]
    public async Task Push_SameContentAtOnce_OneMakesTheBatch()
    {
        await using var process = await IntakeProcess.StartAsync(Options);

        var responses = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => process.PushAsync(Mixed, key: $"k-{i}")));

        Assert.Single(responses, r => r.StatusCode == HttpStatusCode.Created);
        Assert.Equal(7, responses.Count(r => r.StatusCode == HttpStatusCode.OK));
        Assert.Equal(7, await process.ScalarAsync<long>("select count(*) from intake_row"));
    }

    [Fact]
    public async Task Read_RowsOfABatch_AreFilteredAndPaged()
    {
        await using var process = await IntakeProcess.StartAsync(Options);
        var report = await process.AcceptedAsync(Rows(0, 450) + "\n{\"prompt\":\"q\",\"chosen\":\"a\\u0000\",\"rejected\":\"b\"}\nbroken \0 row");

        var all = new List<RowView>();
        for (int? after = 0; after is not null;)
        {
            var page = (await process.Client.GetFromJsonAsync<RowPage>($"/v1/batches/{report.BatchId}/rows?after={after}"))!;
            all.AddRange(page.Rows);
            after = page.Next;
        }

        Assert.Equal(Enumerable.Range(1, 452), all.Select(row => row.Seq));
        var quarantined = Assert.Single((await process.Client.GetFromJsonAsync<RowPage>($"/v1/batches/{report.BatchId}/rows?verdict=quarantined"))!.Rows);
        Assert.Equal(("control-character", 451), (quarantined.Reason, quarantined.Line));
        Assert.Equal("a\0", quarantined.Row!.Value.GetProperty("candidates")[0].GetProperty("text").GetString());
        var rejected = Assert.Single((await process.Client.GetFromJsonAsync<RowPage>($"/v1/batches/{report.BatchId}/rows?reason=malformed-json"))!.Rows);
        Assert.Equal("broken \uFFFD row", rejected.Snippet);
        await process.ProblemAsync(await process.Client.GetAsync($"/v1/batches/{report.BatchId}/rows?verdict=maybe"), HttpStatusCode.BadRequest, "unknown-verdict");
        await process.ProblemAsync(await process.Client.GetAsync($"/v1/batches/{report.BatchId}/rows?reason=%00"), HttpStatusCode.BadRequest, "unknown-reason");
        await process.ProblemAsync(await process.Client.GetAsync("/v1/batches/b-none/rows"), HttpStatusCode.NotFound, "unknown-batch");
    }

    [Fact]
    public async Task Read_BatchAndList_ShowTheReport()
    {
        await using var process = await IntakeProcess.StartAsync(Options);
        var report = await process.AcceptedAsync(Mixed);

        var found = await process.Client.GetFromJsonAsync<BatchReport>($"/v1/batches/{report.BatchId}");
        var listed = Assert.Single((await process.Client.GetFromJsonAsync<List<BatchSummary>>("/v1/pipelines/support/batches"))!);

        Assert.Equal(JsonSerializer.Serialize(report), JsonSerializer.Serialize(found));
        Assert.Equal((report.BatchId, 7, 3, report.PushedAt.ToUnixTimeMilliseconds()), (listed.BatchId, listed.Rows, listed.Accepted, listed.PushedAt.ToUnixTimeMilliseconds()));
        await process.ProblemAsync(await process.Client.GetAsync("/v1/batches/b-none"), HttpStatusCode.NotFound, "unknown-batch");
        await process.ProblemAsync(await process.Client.GetAsync("/v1/pipelines/suport/batches"), HttpStatusCode.NotFound, "unknown-pipeline");
    }

    private static string Rows(int from, int to) =>
        string.Join('\n', Enumerable.Range(from, to - from).Select(i => $$"""{"prompt":"question {{i}}","chosen":"good {{i}}","rejected":"bad {{i}}"}"""));

    private static string Noise(int length)
    {
        var random = new Random(1);
        return string.Concat(Enumerable.Range(0, length).Select(_ => (char)random.Next(33, 127)));
    }

    private static byte[] Gzip(string content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal))
        {
            gzip.Write(Encoding.UTF8.GetBytes(content));
        }

        return packed.ToArray();
    }
}
