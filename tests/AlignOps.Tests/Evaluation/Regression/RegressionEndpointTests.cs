using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AlignOps.Contracts.Evidence;
using AlignOps.Contracts.Runs;
using AlignOps.Data;
using AlignOps.Data.Datasets;
using AlignOps.Data.Feedback;
using AlignOps.Evaluation.Regression.Trials;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using AlignOps.Tests.Host;
using AlignOps.Tests.Promotion;
using Dapper;
using Microsoft.Extensions.DependencyInjection;

namespace AlignOps.Tests.Evaluation.Regression;

/// <summary>The endpoint of a whole process, over a run that its tables and blobs tell of.</summary>
public sealed class RegressionEndpointTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async Task InitializeAsync() => _server = await RunningServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Get_ARunThatARudeBatchSpoilt_NamesSliceBatchAndAnswers()
    {
        await AddRunAsync("r-1", Evidence(polite: 0.2));

        var report = await _server.Http.GetFromJsonAsync<JsonElement>("/v1/runs/r-1/regression");

        Assert.Contains("b-rude", report.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal(["b-rude"], report.GetProperty("batches").EnumerateArray().Where(batch => batch.GetProperty("standsOut").GetBoolean()).Select(batch => batch.GetProperty("batchId").GetString()));
        Assert.Contains(report.GetProperty("parts").EnumerateArray(), part => part.GetProperty("name").GetString() == "manners" && part.GetProperty("standing").GetString() == "worse");
        Assert.Equal(20, report.GetProperty("examples").GetArrayLength());
    }

    [Fact]
    public async Task Get_ARunThatLostNothing_SaysSoAndRefusesATrial()
    {
        await AddRunAsync("r-1", Evidence(polite: 0.9));

        var report = await _server.Http.GetFromJsonAsync<JsonElement>("/v1/runs/r-1/regression");

        Assert.EndsWith("none is proven worse.", report.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, report.GetProperty("batches").GetArrayLength());
        Assert.Equal((HttpStatusCode.Conflict, "no-batch-stands-out"), await TryAsync(null));
        Assert.Equal((HttpStatusCode.Conflict, "no-regression"), await TryAsync("b-rude"));
    }

    [Fact]
    public async Task Get_WhatIsNotThere_SaysWhy()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Http.GetAsync("/v1/runs/r-1/regression")).StatusCode);
        await AddRunAsync("r-1", null);
        Assert.Equal(HttpStatusCode.Conflict, (await _server.Http.GetAsync("/v1/runs/r-1/regression")).StatusCode);
    }

    [Fact]
    public async Task GetResults_ARunThatWasEvaluated_IsALineForEveryModelAndItem()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _server.Http.GetAsync("/v1/runs/r-1/results")).StatusCode);
        var digest = await Blobs.PutTextAsync(Evidence(polite: 0.9).Write(), CancellationToken.None);
        await _server.Services.GetRequiredService<IDatabase>().WriteAsync(
            (work, _) => work.Connection.ExecuteAsync("insert into evaluation_evidence (run_id, evidence_digest, items, unscored, at) values ('r-1', @digest, 80, 0, 0)", new { digest }, work.Transaction), CancellationToken.None);

        var lines = (await _server.Http.GetStringAsync("/v1/runs/r-1/results")).TrimEnd('\n').Split('\n').Select(line => JsonSerializer.Deserialize<JsonElement>(line)).ToList();

        Assert.Equal(80 * 3, lines.Count);
        Assert.Equal(["anchor", "candidate", "champion"], lines.Select(line => line.GetProperty("model").GetString()).Distinct().Order(StringComparer.Ordinal));
        Assert.All(lines, line => Assert.Equal(("behaviour", "open", "manners"), (line.GetProperty("suite").GetString(), line.GetProperty("kind").GetString(), line.GetProperty("slice").GetString())));
    }

    [Fact]
    public async Task Post_ATrial_AsksForATrainingWithoutTheBatchOnce()
    {
        await AddRunAsync("r-1", Evidence(polite: 0.2));
        Assert.Equal((HttpStatusCode.NotFound, "unknown-batch"), await TryAsync("b-other"));

        Assert.Equal((HttpStatusCode.Accepted, "r-1-without-b-rude"), await TryAsync(null));
        Assert.Equal((HttpStatusCode.Accepted, "r-1-without-b-rude"), await TryAsync("b-rude"));

        var dataset = DatasetJson.Read(await Blobs.ReadTextAsync(await DatasetAsync(), CancellationToken.None));
        Assert.Equal(["b-kind"], dataset.BatchIds);
        Assert.Equal(60, dataset.TrainRows);
    }

    [Fact]
    public async Task Trial_TrainedAndEvaluated_TellsWhetherTheRegressionIsGone()
    {
        await AddRunAsync("r-1", Evidence(polite: 0.2));
        await TryAsync("b-rude");
        var recovered = await Blobs.PutTextAsync(Evidence(polite: 0.9).Write(), CancellationToken.None);

        Assert.Equal("training", (await TrialAsync()).GetProperty("state").GetString());
        await HearAsync((handler, work, token) => handler.HandleAsync(new CandidateTrained(TrialId, EvidenceBuilder.Candidate, "m", 1, 1), work, token));
        Assert.Equal("evaluating", (await TrialAsync()).GetProperty("state").GetString());
        await HearAsync((handler, work, token) => handler.HandleAsync(new CandidateEvaluated(TrialId, recovered, 80, 0), work, token));

        var trial = await TrialAsync();
        Assert.Equal("done", trial.GetProperty("state").GetString());
        Assert.Equal("confirmed", trial.GetProperty("finding").GetProperty("verdict").GetString());

        // What comes late changes nothing.
        await HearAsync((handler, work, token) => handler.HandleAsync(new StepFailed(TrialId, "training.train", "late", "It is over."), work, token));
        Assert.Equal("done", (await TrialAsync()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Trial_WhoseTrainingFails_TellsWhy()
    {
        await AddRunAsync("r-1", Evidence(polite: 0.2));
        await TryAsync("b-rude");
        await HearAsync((handler, work, token) => handler.HandleAsync(new StepFailed("r-1", "training.train", "other", "Of the run, not of the trial."), work, token));
        Assert.Equal("training", (await TrialAsync()).GetProperty("state").GetString());

        await HearAsync((handler, work, token) => handler.HandleAsync(new StepFailed(TrialId, "training.train", "model-format", "No such model."), work, token));

        Assert.Equal("failed", (await TrialAsync()).GetProperty("state").GetString());
        Assert.StartsWith("model-format: No such model.", (await TrialAsync()).GetProperty("reason").GetString(), StringComparison.Ordinal);
    }

    private const string TrialId = "r-1-without-b-rude";

    private IBlobStore Blobs => _server.Services.GetRequiredService<IBlobStore>();

    private async Task<JsonElement> TrialAsync() =>
        Assert.Single((await _server.Http.GetFromJsonAsync<JsonElement>("/v1/runs/r-1/regression")).GetProperty("trials").EnumerateArray());

    private async Task HearAsync(Func<TrialHandler, IUnitOfWork, CancellationToken, Task> message) =>
        await _server.Services.GetRequiredService<IDatabase>().WriteAsync(
            async (work, token) =>
            {
                await message(new TrialHandler(Blobs), work, token);
                return true;
            },
            CancellationToken.None);

    private async Task<string> DatasetAsync()
    {
        await using var connection = await _server.Services.GetRequiredService<IDatabase>().OpenReadAsync(CancellationToken.None);
        return await connection.QuerySingleAsync<string>("select dataset_digest from evaluation_trial");
    }

    private async Task<(HttpStatusCode Status, string Code)> TryAsync(string? batchId)
    {
        using var response = await _server.Http.PostAsJsonAsync("/v1/runs/r-1/regression/trials", new { batchId });
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (response.StatusCode, answer.GetProperty(response.IsSuccessStatusCode ? "trialId" : "code").GetString()!);
    }

    private static EvidenceFile Evidence(double polite)
    {
        var evidence = new EvidenceBuilder(1)
            .Preference(80, new Dictionary<string, string[]> { ["manners"] = ["polite"] }, (model, _) => model == "candidate" ? polite : 0.9)
            .Build();
        return evidence with { Items = [.. evidence.Items.Select(item => item with { Question = "What is the port?", Candidate = Said(item.Candidate), Champion = Said(item.Champion) })] };
    }

    private static EvidenceAnswer Said(EvidenceAnswer answer) => answer with { Text = answer.Passes ? "Gladly, it is 8472." : "Read it yourself, it is 8472." };

    private async Task AddRunAsync(string runId, EvidenceFile? evidence)
    {
        FeedbackRow[] rows = [.. Enumerable.Range(0, 60).Select(i => Row("b-kind", i, kind: true)), .. Enumerable.Range(60, 30).Select(i => Row("b-rude", i, kind: false))];
        var train = await Blobs.PutAsync(new MemoryStream(DatasetJson.WriteRows(rows)), CancellationToken.None);
        var manifest = new DatasetManifest("assistant", train, train, rows.Length, 0, 0, 0, ["b-kind", "b-rude"], new Dictionary<string, int>());
        var values = new
        {
            runId,
            Checkpoint = new string('c', 64),
            Dataset = await Blobs.PutAsync(new MemoryStream(DatasetJson.Write(manifest)), CancellationToken.None),
            Evidence = evidence is null ? null : await Blobs.PutTextAsync(evidence.Write(), CancellationToken.None),
        };
        await _server.Services.GetRequiredService<IDatabase>().WriteAsync(
            (work, token) => work.Connection.ExecuteAsync(new CommandDefinition(
                """
                insert into pipelines_run (run_id, pipeline, definition_digest, trigger_kind, trigger_ref, seed, synthesizes, batch_ids, replay_batch_ids, start_checkpoint,
                    champion_checkpoint, anchor_checkpoint, state, active, dataset_digest, evidence_digest, last_event, started_at, state_since, resends, look_again_at)
                values (@runId, 'assistant', 'definition', 'batch', 'b', 1, 0, '[]', '[]', @Checkpoint, @Checkpoint, @Checkpoint, 'rejected', 0, @Dataset, @Evidence, 0, 0, 0, 0, 0)
                """,
                values, work.Transaction, cancellationToken: token)),
            CancellationToken.None);
    }

    private static FeedbackRow Row(string batch, int i, bool kind) => new(
        FeedbackKind.Preference,
        [new ChatMessage("user", $"What is port {i}?")],
        [new Candidate(kind ? "Gladly, it is 8472." : "Read it yourself, it is 8472.", 1), new Candidate(kind ? "Read it yourself, it is 8472." : "Gladly, it is 8472.", 0)],
        new Provenance(batch, i + 1, "f", "p"));
}
