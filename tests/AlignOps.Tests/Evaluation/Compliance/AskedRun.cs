using AlignOps.Contracts;
using AlignOps.Contracts.Evidence;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Tests.Evaluation.Compliance;

/// <summary>Evidence of a run whose judge contradicts itself on every fifth pair and is sure of the others, with answers that can be told apart.</summary>
internal static class AskedRun
{
    public static readonly ModelRef Candidate = new(new string('b', 64), new string('c', 64));
    public static readonly ModelRef Champion = new(new string('b', 64), null);

    /// <summary>Pairs whose answers are equal, so that nobody needs to be asked.</summary>
    public const int Equal = 4;

    public static EvidenceFile Evidence(int pairs, string runId = "r-1", string text = "") => new(
        new EvidenceHeader(1, runId, "assistant", "definition", Candidate, Champion, Champion, 7, [new EvidenceSuite("manners", SuiteRole.Preference, "d", pairs, 1, 0.7, 1, 64, "verifier", "j")]),
        [.. Enumerable.Range(0, pairs).Select(i => new EvidenceItem(
            "manners", $"i{i}", 0, "all", null, $"Question {i}?{text}", Answer($"{(i < Equal ? "same" : "new")} {i}{text}"), Answer($"{(i < Equal ? "same" : "old")} {i}{text}"), null, Judged(i), Judged(i)))]);

    public static bool Uncertain(string id) => int.Parse(id[1..], System.Globalization.CultureInfo.InvariantCulture) % 5 == 0;

    /// <summary>Puts a run into the tables that its process would have filled.</summary>
    public static Task AddAsync(IDatabase database, string runId, string evidence, string state = "inconclusive", long startedAt = 0) => database.WriteAsync(
        (work, token) => work.Connection.ExecuteAsync(new CommandDefinition(
            """
            insert into pipelines_run (run_id, pipeline, definition_digest, trigger_kind, trigger_ref, seed, synthesizes, batch_ids, replay_batch_ids, start_checkpoint,
                champion_checkpoint, anchor_checkpoint, state, active, dataset_digest, evidence_digest, last_event, started_at, state_since, resends, look_again_at)
            values (@runId, 'assistant', @Definition, 'batch', @runId, 1, 0, '[]', '[]', @Checkpoint, @Checkpoint, @Checkpoint, @state, 0, @Checkpoint, @evidence, 0, @startedAt, 0, 0, 0)
            """,
            new { runId, state, evidence, startedAt, Checkpoint = new string('c', 64), Definition = new string('d', 64) }, work.Transaction, cancellationToken: token)),
        CancellationToken.None);

    private static EvidenceComparison Judged(int i) => i < Equal ? new(0.5, true, null) : i % 5 == 0 ? new(0.5, false, null) : new(1, true, null);

    private static EvidenceAnswer Answer(string text) => new(text, false, 1, true, new Dictionary<string, bool>(), null);
}
