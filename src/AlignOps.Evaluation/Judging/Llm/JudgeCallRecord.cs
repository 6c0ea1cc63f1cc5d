using System.Text.Json;
using AlignOps.Inference.Budgets;
using AlignOps.Inference.Calls;
using AlignOps.Inference.Requests;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Evaluation.Judging.Llm;

/// <summary>
/// Answers by request and attempts by run, in the database. An attempt stands there before it is made, at its full price, so that a run whose process died goes on with what is
/// left of its budget.
/// </summary>
internal sealed class JudgeCallRecord(IDatabase database, TimeProvider time, string runId, string judgeDigest) : ICallRecord
{
    private const decimal Nanos = 1_000_000_000;

    internal const string Tables = """
        create table evaluation_judge_answers (
            request_key  text   not null primary key,
            judge_digest text   not null,
            answer       text   not null,
            at           bigint not null
        );
        create table evaluation_judge_attempts (
            attempt_id   text   not null primary key,
            run_id       text   not null,
            judge_digest text   not null,
            request_key  text   not null,
            outcome      text   null,
            tokens       bigint not null,
            nanos        bigint not null,
            at           bigint not null
        );
        create index evaluation_judge_attempts_by_run on evaluation_judge_attempts (run_id, judge_digest);
        """;

    /// <summary>What the run has spent on this judge, attempts without an end at their full price.</summary>
    public async Task<Spend> SpentAsync(CancellationToken cancellationToken)
    {
        const string Sql = """
            select cast(coalesce(sum(tokens), 0) as bigint) as Tokens, cast(coalesce(sum(nanos), 0) as bigint) as Nanos
            from evaluation_judge_attempts where run_id = @runId and judge_digest = @judgeDigest
            """;
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var row = await connection.QuerySingleAsync<SpentRow>(new CommandDefinition(Sql, new { runId, judgeDigest }, cancellationToken: cancellationToken));
        return new Spend(row.Tokens, row.Nanos / Nanos);
    }

    public async Task<ChatAnswer?> FindAsync(string key, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var answer = await connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            "select answer from evaluation_judge_answers where request_key = @key", new { key }, cancellationToken: cancellationToken));
        return answer is null ? null : JsonSerializer.Deserialize<ChatAnswer>(answer);
    }

    public async Task<string> BeginAsync(string key, Spend reserved, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into evaluation_judge_attempts (attempt_id, run_id, judge_digest, request_key, outcome, tokens, nanos, at)
            values (@id, @runId, @judgeDigest, @key, null, @Tokens, @nanos, @at)
            """;
        var id = Guid.NewGuid().ToString("N");
        await database.WriteAsync(
            (work, token) => work.Connection.ExecuteAsync(new CommandDefinition(
                Sql, new { id, runId, judgeDigest, key, reserved.Tokens, nanos = InNanos(reserved), at = Now }, work.Transaction, cancellationToken: token)),
            cancellationToken);
        return id;
    }

    public Task EndAsync(string attempt, string key, CallOutcome outcome, Spend charged, ChatAnswer? answer, CancellationToken cancellationToken)
    {
        const string End = "update evaluation_judge_attempts set outcome = @outcome, tokens = @Tokens, nanos = @nanos where attempt_id = @attempt";
        const string Keep = """
            insert into evaluation_judge_answers (request_key, judge_digest, answer, at) values (@key, @judgeDigest, @text, @at)
            on conflict (request_key) do nothing
            """;
        return database.WriteAsync(
            async (work, token) =>
            {
                await work.Connection.ExecuteAsync(new CommandDefinition(
                    End, new { attempt, outcome = outcome.Name(), charged.Tokens, nanos = InNanos(charged) }, work.Transaction, cancellationToken: token));
                if (answer is null) return;
                await work.Connection.ExecuteAsync(new CommandDefinition(
                    Keep, new { key, judgeDigest, text = JsonSerializer.Serialize(answer), at = Now }, work.Transaction, cancellationToken: token));
            },
            cancellationToken);
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static long InNanos(Spend spend) => (long)Math.Ceiling(spend.Money * Nanos);

    private sealed class SpentRow
    {
        public long Tokens { get; init; }

        public long Nanos { get; init; }
    }
}
