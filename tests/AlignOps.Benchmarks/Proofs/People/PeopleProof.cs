using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using AlignOps.Benchmarks.Deployments;
using AlignOps.Benchmarks.Loop;
using AlignOps.Benchmarks.Proofs.Cheats;
using AlignOps.Contracts.Evidence;
using AlignOps.Evaluation.People.Queue;
using AlignOps.Evaluation.People.Reports;
using AlignOps.Host.Cli;
using AlignOps.Host.Hosting;
using AlignOps.Models.Cpu;
using AlignOps.Models.Policies;
using AlignOps.Platform.Access;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using AlignOps.Rewards;
using AlignOps.Statistics.Correction;
using AlignOps.Statistics.Intervals;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace AlignOps.Benchmarks.Proofs.People;

/// <summary><c>eval.people</c>: a judge that is wrong in a known way, people who put it right, and a league of versions of known strength.</summary>
internal sealed class PeopleProof : IProof
{
    private const int Served = 60;
    private const int Simulated = 2_000;
    private const int Leagues = 150;
    private const int Pairs = 300;
    private const int Asked = 60;
    private const double Bar = 0.93;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    public string Name => "eval.people";

    public string Claim => "people's labels put a biased judge's win rate right at the stated confidence, the gate blocks by their word, nobody sees which answer is whose, and a league covers known strengths";

    public async Task<bool> HoldsAsync(Arguments arguments, CancellationToken cancellationToken)
    {
        using var folder = new ProofFolder { Keep = false };
        var pipelines = TinyWorld.WritePipeline(folder.Below("pipelines"));
        Edit(Path.Combine(pipelines, TinyWorld.Pipeline, "pipeline.yaml"), "gate: {", "gate: { people: 40,");
        Edit(Path.Combine(pipelines, TinyWorld.Pipeline, "pipeline.yaml"), "role: preference }", "role: preference, verifier: wordy }");
        Edit(Path.Combine(pipelines, TinyWorld.Pipeline, "suites", "words.jsonl"), "^(yes|no)$", "^(yes|no)");
        await using var server = await AlignOpsServer.StartAsync(
            new HostSettings(folder.Below("state"), pipelines, "http://127.0.0.1:0"), cancellationToken, services =>
            {
                services.Replace(ServiceDescriptor.Singleton<IPolicyEngine>(new CheatingEngine(new CpuPolicyEngine(), new Cheat("many words", [], (seed, honest) => $"{honest}, and {seed % 9_973} words more"))));
                services.AddSingleton<IVerifier>(new WordyVerifier());
            });
        var checkpoint = await server.Services.GetRequiredService<IBlobStore>().PutDirectoryAsync(await TinyWorld.WriteBaseAsync(folder.Below("base"), cancellationToken), cancellationToken);

        // Without a key everybody is the same person.
        var client = new LoopClient(_ => server.Url);
        await client.CertifyAsync(TinyWorld.Pipeline, checkpoint, cancellationToken);
        var report = await client.PushAsync(TinyWorld.Pipeline, "many-words.jsonl", TinyWorld.Feedback(1), null, cancellationToken);
        var run = await client.WaitForBatchAsync(TinyWorld.Pipeline, report.Text("batchId"), Limit, cancellationToken);
        var keys = await KeysAsync(server, cancellationToken);
        var holds = await RunAsync(server, keys, run.Text("runId"), run.Text("state"), cancellationToken);
        holds &= await SeedsAsync(server, keys, cancellationToken);
        holds &= Simulate();
        var (covered, all, first) = LeagueCoverage.Of(Leagues);
        Print($"Leagues: {covered} of {all} intervals of {Leagues} leagues cover the strength ({covered / (double)all:0.000}); the strongest of six versions came first in {first}.");
        return holds && covered >= Bar * all;
    }

    /// <summary>One run through push, training, judging, the gate, the queue and the gate again.</summary>
    private static async Task<bool> RunAsync(AlignOpsServer server, IReadOnlyList<string> keys, string runId, string state, CancellationToken cancellationToken)
    {
        // People like the candidate's many words on two questions of five.
        var people = keys.Select(key => new SimulatedPerson(server.Url, key, (question, first, _) => first.Contains("words more", StringComparison.Ordinal) == SimulatedPerson.Chance(question, "people") < 0.4)).ToList();
        using var http = new HttpClient { BaseAddress = server.Url, DefaultRequestHeaders = { Authorization = new("Bearer", keys[0]) } };
        var waiting = (await http.GetFromJsonAsync<JsonElement>($"/v1/runs/{runId}/gate", cancellationToken)).GetProperty("record");
        while ((await Task.WhenAll(people.Select(person => person.LabelOneAsync(runId, ["candidate", "champion", runId], cancellationToken)))).Any(more => more))
        {
        }

        var decided = waiting;
        using var limit = new CancellationTokenSource(Limit);
        while (decided.Text("decision") == "awaiting-approval" || !decided.TryGetProperty("people", out _))
        {
            await Task.Delay(50, limit.Token);
            decided = (await http.GetFromJsonAsync<JsonElement>($"/v1/runs/{runId}/gate", limit.Token)).GetProperty("record");
        }

        var found = decided.GetProperty("people");
        var holds = state == "awaiting-approval" && waiting.Text("code") == "people" && decided.Text("decision") == "inconclusive" && decided.Text("code") == "people-disagree"
            && found.GetProperty("lower").GetDouble() < 0.4 && found.GetProperty("upper").GetDouble() > 0.4 && people.All(person => !person.Told);
        Print($"A run: {state} ({waiting.Text("code")}) at a win rate of {found.Text("raw")} by the judge; then {decided.Text("decision")}: {decided.Text("reason")}");
        people.ForEach(person => person.Dispose());
        return holds;
    }

    /// <summary>Runs of known truth, each asked about over HTTP.</summary>
    private static async Task<bool> SeedsAsync(AlignOpsServer server, IReadOnlyList<string> keys, CancellationToken cancellationToken)
    {
        int covered = 0, raw = 0, early = 0, uncertain = 0, candidateFirst = 0, shown = 0;
        var told = false;
        for (var seed = 0; seed < Served; seed++)
        {
            var planted = new PlantedRun(seed, Pairs);
            await AddAsync(server, planted, cancellationToken);
            var people = keys.Select(key => new SimulatedPerson(server.Url, key, (_, first, _) => planted.IsBetter(first))).ToList();
            using var http = new HttpClient { BaseAddress = server.Url, DefaultRequestHeaders = { Authorization = new("Bearer", keys[0]) } };
            (await http.PostAsJsonAsync($"/v1/runs/{PlantedRun.RunId(seed)}/labels", new { items = Asked }, cancellationToken)).EnsureSuccessStatusCode();
            var hunt = 0;
            while (await people[hunt++ % people.Count].LabelOneAsync(PlantedRun.RunId(seed), [PlantedRun.Candidate.ShortName, PlantedRun.Champion.ShortName, PlantedRun.RunId(seed)], cancellationToken))
            {
            }

            var report = await http.GetFromJsonAsync<JsonElement>($"/v1/runs/{PlantedRun.RunId(seed)}/labels", cancellationToken);
            var corrected = report.GetProperty("corrected");
            covered += corrected.GetProperty("lower").GetDouble() <= PlantedRun.Truth && PlantedRun.Truth <= corrected.GetProperty("upper").GetDouble() ? 1 : 0;
            raw += Math.Abs(report.GetProperty("raw").GetDouble() - PlantedRun.Truth) < 0.1 ? 1 : 0;
            var items = planted.Evidence.Items.ToDictionary(item => item.Question);
            var first = people.SelectMany((person, place) => person.Seen.Select((pair, i) => (Order: i * people.Count + place, pair.Question))).OrderBy(one => one.Order).Take(20).Select(one => items[one.Question]).ToList();
            early += first.Count;
            uncertain += first.Count(item => item.VersusChampion is { Consistent: false });
            shown += people.Sum(person => person.Seen.Count);
            candidateFirst += people.Sum(person => person.Seen.Count(pair => items[pair.Question].Candidate.Text == pair.First));
            told |= people.Any(person => person.Told);
            people.ForEach(person => person.Dispose());
        }

        var least = ClopperPearsonInterval.Of(covered, Served, 0.99);
        Print($"Over HTTP: {covered} of {Served} runs' intervals cover the truth of {PlantedRun.Truth} with {Asked} labels of {Pairs} pairs (99 % Clopper-Pearson to {least.Upper:0.000}); the judge alone is within 0.1 of it in {raw}.");
        Print($"Of the first 20 pairs handed out {uncertain / (double)early:0.00} are such that the judge contradicts itself, against 0.30 of all; the candidate's answer stands first in {candidateFirst} of {shown}; whose it is was told: {told}.");
        return least.Upper >= Bar && raw == 0 && uncertain > 0.5 * early && !told && Math.Abs(candidateFirst - shown / 2.0) < 3 * Math.Sqrt(shown / 4.0);
    }

    /// <summary>The same code without the server, for as many seeds as the claim needs.</summary>
    private static bool Simulate()
    {
        int covered = 0, raw = 0, narrower = 0;
        for (var seed = 10_000; seed < 10_000 + Simulated; seed++)
        {
            var planted = new PlantedRun(seed, Pairs);
            var handed = QueueOrder.Of(planted.Evidence).Take(Asked).ToList();
            LabelItem[] items = [.. handed.Select((pair, place) => new LabelItem { ItemId = pair.Item.Id, Suite = pair.Item.Suite, QuestionId = pair.Item.Id, Sample = pair.Item.Sample, Place = place })];
            LabelAnswer[] answers = [.. handed.Select(pair => new LabelAnswer
            {
                ItemId = pair.Item.Id, Person = "p", State = "answered", CandidateFirst = 1, Choice = planted.IsBetter(pair.Item.Candidate.Text) ? "first" : "second",
            })];
            var found = SampledCorrection.Of(PeopleEvidence.Labels(PeopleEvidence.Join(planted.Evidence, Asked, items, answers)))!;
            covered += found.Mean.Interval.Contains(PlantedRun.Truth) ? 1 : 0;
            raw += Math.Abs(found.Raw - PlantedRun.Truth) < 0.1 ? 1 : 0;
            narrower += found.Mean.StandardError < found.People.StandardError ? 1 : 0;
        }

        Print($"Without the server: {covered} of {Simulated} intervals cover the truth ({covered / (double)Simulated:0.000}); the judge alone is within 0.1 of it in {raw}; narrower than from the labels alone in {narrower}.");
        return covered >= Bar * Simulated && raw == 0;
    }

    private static async Task<IReadOnlyList<string>> KeysAsync(AlignOpsServer server, CancellationToken cancellationToken)
    {
        var access = server.Services.GetRequiredService<IAccessKeys>();
        await access.CreateAsync("root", AccessRole.Admin, "proof", cancellationToken);
        var keys = new List<string>();
        foreach (var name in new[] { "ann", "bob", "eve" }) keys.Add((await access.CreateAsync(name, AccessRole.Ops, "proof", cancellationToken)).Key!);
        return keys;
    }

    private static async Task AddAsync(AlignOpsServer server, PlantedRun planted, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into pipelines_run (run_id, pipeline, definition_digest, trigger_kind, trigger_ref, seed, synthesizes, batch_ids, replay_batch_ids, start_checkpoint,
                champion_checkpoint, anchor_checkpoint, state, active, dataset_digest, evidence_digest, last_event, started_at, state_since, resends, look_again_at)
            values (@RunId, 'planted', @DefinitionDigest, 'batch', @RunId, 1, 0, '[]', '[]', @Checkpoint, @Checkpoint, @Checkpoint, 'inconclusive', 0, @Checkpoint, @evidence, 0, 0, 0, 0, 0)
            """;
        var evidence = await server.Services.GetRequiredService<IBlobStore>().PutTextAsync(planted.Evidence.Write(), cancellationToken);
        var header = planted.Evidence.Header;
        await server.Services.GetRequiredService<IDatabase>().WriteAsync(
            (work, token) => work.Connection.ExecuteAsync(new CommandDefinition(
                Sql, new { header.RunId, header.DefinitionDigest, Checkpoint = new string('b', 64), evidence }, work.Transaction, cancellationToken: token)),
            cancellationToken);
    }

    private static void Edit(string file, string old, string made) => File.WriteAllText(file, File.ReadAllText(file).Replace(old, made, StringComparison.Ordinal));

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
