using System.Text.Json;
using AlignOps.Platform.Blobs;
using AlignOps.Platform.Storage;
using Dapper;

namespace AlignOps.Evaluation.Answers;

/// <summary>
/// Answers by what they depend on (<see cref="AnswerKey"/>): generated once and used by every run and every judge. Equal keys give equal bytes, so two that write at once write the same.
/// </summary>
internal sealed class AnswerCache(IDatabase database, IBlobStore blobs, TimeProvider time)
{
    internal const string Tables = """
        create table evaluation_answers (
            answers_key    text    not null primary key,
            checkpoint     text    not null,
            adapter        text    null,
            suite_digest   text    not null,
            decoding       text    not null,
            answers_digest text    not null,
            answers        integer not null,
            at             bigint  not null
        );
        """;

    /// <summary>In the order of the suite's draws; null where they were never made, or are gone.</summary>
    public async Task<IReadOnlyList<ModelAnswer>?> FindAsync(AnswerKey key, int count, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenReadAsync(cancellationToken);
        var digest = await connection.QuerySingleOrDefaultAsync<string?>(new CommandDefinition(
            "select answers_digest from evaluation_answers where answers_key = @Digest", new { key.Digest }, cancellationToken: cancellationToken));
        if (digest is null || !await blobs.ExistsAsync(digest, cancellationToken)) return null;

        var answers = JsonSerializer.Deserialize<List<ModelAnswer>>(await blobs.ReadTextAsync(digest, cancellationToken));
        return answers?.Count == count ? answers : null;
    }

    public async Task KeepAsync(AnswerKey key, IReadOnlyList<ModelAnswer> answers, CancellationToken cancellationToken)
    {
        const string Sql = """
            insert into evaluation_answers (answers_key, checkpoint, adapter, suite_digest, decoding, answers_digest, answers, at)
            values (@Digest, @Checkpoint, @Adapter, @Suite, @Decoding, @answersDigest, @Count, @at)
            on conflict (answers_key) do update set answers_digest = excluded.answers_digest, answers = excluded.answers, at = excluded.at
            """;
        var answersDigest = await blobs.PutTextAsync(JsonSerializer.Serialize(answers), cancellationToken);
        var at = time.GetUtcNow().ToUnixTimeMilliseconds();
        var row = new { key.Digest, key.Model.Checkpoint, key.Model.Adapter, key.Suite, key.Decoding, answersDigest, answers.Count, at };
        await database.WriteAsync((work, token) => work.Connection.ExecuteAsync(new CommandDefinition(Sql, row, work.Transaction, cancellationToken: token)), cancellationToken);
    }
}
